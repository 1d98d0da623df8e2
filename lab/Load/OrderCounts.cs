namespace MsaAspire.Lab.Load;

/// <summary>The outcome of a run's orders.</summary>
/// <param name="Accepted">Answered with 202.</param>
/// <param name="ByStatus">How many of them reached each final status.</param>
/// <param name="Unheard">Of those, how many are known from the shop's API only, because their event was not received.</param>
/// <param name="Stuck">How many have no final status according to the shop.</param>
/// <param name="Unknown">How many have neither an event nor an answer from the shop.</param>
/// <param name="LastFinalSeconds">When the last event of a final status was received, from the start; 0 without one.</param>
internal sealed record OrderCounts(
    int Accepted, IReadOnlyDictionary<string, int> ByStatus, int Unheard, int Stuck, int Unknown, double LastFinalSeconds)
{
    /// <summary>How many reached a final status.</summary>
    public int Final => Accepted - Stuck - Unknown;
}
