namespace MsaAspire.Lab.Load;

/// <summary>What became of the orders of a run.</summary>
/// <param name="Accepted">Answered with 202.</param>
/// <param name="ByStatus">How many of them came to each final status.</param>
/// <param name="Unheard">Of those, how many are known from the shop's answer only, because no event of it was heard.</param>
/// <param name="Stuck">How many the shop says are in no final status.</param>
/// <param name="Unknown">How many neither an event nor the shop told of.</param>
/// <param name="LastFinalSeconds">When the last event of a final status was heard, from the start; 0 without one.</param>
internal sealed record OrderCounts(
    int Accepted, IReadOnlyDictionary<string, int> ByStatus, int Unheard, int Stuck, int Unknown, double LastFinalSeconds)
{
    /// <summary>How many came to a final status.</summary>
    public int Final => Accepted - Stuck - Unknown;
}
