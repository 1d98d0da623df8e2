namespace MsaAspire.Lab.Experiments;

/// <summary>The options of a run.</summary>
/// <param name="Seed">Every random choice is made from it.</param>
/// <param name="Rounds">How often each case is measured.</param>
/// <param name="Quick">Only the experiments with robust effects, one short round.</param>
/// <param name="Context">The kubectl context that may be used; null when none was named.</param>
/// <param name="Say">Reports the current step.</param>
public sealed record Plan(int Seed, int Rounds, bool Quick, string? Context, Action<string> Say);
