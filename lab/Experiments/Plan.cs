namespace MsaAspire.Lab.Experiments;

/// <summary>How a run was asked for.</summary>
/// <param name="Seed">Every random choice is made from it.</param>
/// <param name="Rounds">How often each case is measured.</param>
/// <param name="Quick">Only what shows the robust effects, once and short.</param>
/// <param name="Context">The kubectl context that may be used; null when none was named.</param>
/// <param name="Say">Tells whoever watches what is being done now.</param>
public sealed record Plan(int Seed, int Rounds, bool Quick, string? Context, Action<string> Say);
