using System.Net;
using System.Text.Json.Serialization;

namespace MsaAspire.Payment;

/// <summary>What the provider says about a payment.</summary>
/// <param name="Status"><c>charged</c>, <c>declined</c>, <c>refunded</c> or <c>void</c>.</param>
/// <param name="DeclineCode">Why it was declined, else null.</param>
internal sealed record ProviderAnswer(string Status, string? DeclineCode);

/// <summary>The body of a charge.</summary>
internal sealed record ProviderCharge(string Token, decimal Amount, string Currency);

/// <summary>The provider did not answer, or its answer is no decision: what happened to the payment is unknown.</summary>
internal sealed class ProviderUnavailableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The payment provider's API. Each call can be repeated: the order is the provider's idempotency key.</summary>
internal sealed class ProviderClient(HttpClient http)
{
    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Charges the customer, once for each order.</summary>
    /// <exception cref="ProviderUnavailableException">Ask again later: the customer may have been charged.</exception>
    public Task<ProviderAnswer> ChargeAsync(DueCharge charge, CancellationToken cancellation) => SendAsync(
        () => http.PutAsJsonAsync($"/payments/{charge.OrderId}", new(charge.Token!, charge.Amount, charge.Currency!), ProviderClientJson.Default.ProviderCharge, cancellation),
        cancellation);

    /// <summary>Refunds what was charged for the order; if nothing was, nothing will be.</summary>
    /// <exception cref="ProviderUnavailableException">Ask again later.</exception>
    public Task<ProviderAnswer> RefundAsync(Guid order, CancellationToken cancellation) =>
        SendAsync(() => http.PostAsync($"/payments/{order}/refund", content: null, cancellation), cancellation);

    private static async Task<ProviderAnswer> SendAsync(Func<Task<HttpResponseMessage>> send, CancellationToken cancellation)
    {
        try
        {
            using var response = await send();
            if (response.StatusCode != HttpStatusCode.OK)
                throw new ProviderUnavailableException($"the provider answered {(int)response.StatusCode}");
            return await response.Content.ReadFromJsonAsync(ProviderClientJson.Default.ProviderAnswer, cancellation)
                ?? throw new ProviderUnavailableException("the provider's answer is empty");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is not ProviderUnavailableException)
        {
            // Whatever it was, only the provider knows what happened to the payment.
            throw new ProviderUnavailableException(e is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds:0} s" : e.Message, e);
        }
    }
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProviderAnswer))]
[JsonSerializable(typeof(ProviderCharge))]
internal sealed partial class ProviderClientJson : JsonSerializerContext;
