namespace MsaAspire.Lab.Load;

/// <summary>The outcome of a request.</summary>
/// <param name="DueSeconds">When it was due, from the start of the run.</param>
/// <param name="LatencyMs">From when it was due until its response was read completely, or until it failed.</param>
/// <param name="Ok">Whether it succeeded.</param>
/// <param name="Failure">Why not: a status code, <c>timeout</c>, a socket's error, or the kind of exception; null when it was.</param>
internal readonly record struct Request(double DueSeconds, double LatencyMs, bool Ok, string? Failure = null);
