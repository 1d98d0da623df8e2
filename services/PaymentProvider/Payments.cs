using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaAspire.PaymentProvider;

/// <summary>What is to be charged. The payment's id is chosen by the caller and makes the request idempotent.</summary>
/// <param name="Token">Stands for the customer's card.</param>
/// <param name="Amount">In units of <paramref name="Currency"/>; more than 0.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record ChargeBody(string Token, decimal Amount, string Currency);

/// <summary>A payment in the provider's books.</summary>
/// <param name="Id">Chosen by the caller.</param>
/// <param name="Status"><c>charged</c>, <c>declined</c>, <c>refunded</c>, or <c>void</c>: refunded before it was charged, and never to be charged.</param>
/// <param name="DeclineCode"><c>card-declined</c> or <c>card-unknown</c>; else null.</param>
public sealed record Payment(Guid Id, string Status, string? DeclineCode);

/// <summary>The provider's API: charge, refund and query, each repeatable.</summary>
internal static class Payments
{
    /// <summary>The answer takes this long with <c>tok_slow</c>.</summary>
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(5);

    /// <summary>With <c>tok_late</c> the customer is charged at once, and the first answer comes after the caller has given up.</summary>
    private static readonly TimeSpan s_late = TimeSpan.FromSeconds(30);

    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        var payments = routes.MapGroup("/payments/{id:guid}");
        payments.MapPut("", ChargeAsync);
        payments.MapPost("/refund", async (Guid id, Books books) => TypedResults.Ok(await books.RefundAsync(id)));
        payments.MapGet("", async Task<Results<Ok<Payment>, NotFound>> (Guid id, Books books) =>
            await books.FindAsync(id) is { } payment ? TypedResults.Ok(payment) : TypedResults.NotFound());
    }

    /// <summary>Charges once for each id, whatever happens to the answer.</summary>
    private static async Task<Results<Ok<Payment>, ProblemHttpResult>> ChargeAsync(Guid id, ChargeBody body, Books books, CancellationToken cancellation)
    {
        if (body is not { Token: not null, Amount: > 0 and < 1e12m, Currency: [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'] })
            return TypedResults.Problem("A token, an amount above 0 and below 1,000,000,000,000, and a currency by ISO 4217 are needed.", statusCode: StatusCodes.Status400BadRequest);
        if (body.Token == "tok_slow")
            await Task.Delay(s_slow, cancellation);
        var entry = await books.ChargeAsync(id, body, cancellation);
        if (body.Token == "tok_late" && entry.Attempts == 1)
            await Task.Delay(s_late, cancellation);
        if (entry.Payment.Status == "pending")
            return TypedResults.Problem("Try again.", statusCode: StatusCodes.Status503ServiceUnavailable);
        return entry.Amount is { } amount && amount != body.Amount
            ? TypedResults.Problem($"The payment {id} is about another amount.", statusCode: StatusCodes.Status409Conflict)
            : TypedResults.Ok(entry.Payment);
    }
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChargeBody))]
[JsonSerializable(typeof(Payment))]
internal sealed partial class ProviderJson : JsonSerializerContext;
