using MsaAspire.ServiceDefaults;

namespace MsaAspire.Payment;

/// <summary>A request to the provider.</summary>
/// <param name="OrderId">Also the idempotency key: asked again with it, the provider answers the same and charges once.</param>
/// <param name="Token">Stands for the customer's card.</param>
/// <param name="Amount">In units of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Attempt">1 for the first time it is asked for this order.</param>
internal sealed record ChargeRequest(Guid OrderId, string Token, decimal Amount, string Currency, int Attempt);

/// <summary>The provider did not answer, or its answer is no decision.</summary>
internal sealed class ProviderUnavailableException(string message) : Exception(message);

/// <summary>Simulates a card provider: the token decides how it behaves.</summary>
/// <param name="faults">Only in experiments: the provider may then hang.</param>
internal sealed class PaymentProvider(Faults? faults = null)
{
    /// <summary>The answer takes this long with <c>tok_slow</c>.</summary>
    public static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(5);

    /// <returns>Null when the customer was charged, else why not, in words for the customer.</returns>
    /// <exception cref="ProviderUnavailableException">Ask again later.</exception>
    public async Task<string?> ChargeAsync(ChargeRequest request, CancellationToken cancellation)
    {
        if (faults is { Hangs: true })
            await Task.Run(faults.Hang, cancellation);
        switch (request.Token)
        {
            case "tok_ok":
                return null;
            case "tok_slow":
                await Task.Delay(SlowAnswer, cancellation);
                return null;
            case "tok_flaky":
                return request.Attempt > 2 ? null : throw new ProviderUnavailableException("the provider answered 503");
            case "tok_declined":
                return "the card was declined";
            default:
                return "the provider does not know this card";
        }
    }
}
