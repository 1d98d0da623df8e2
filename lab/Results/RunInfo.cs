namespace MsaAspire.Lab.Results;

/// <summary>Where and how an experiment was run.</summary>
/// <param name="Machine">On which machine.</param>
/// <param name="Commit">The commit of the repository, 40 hex digits; <c>unknown</c> without git.</param>
/// <param name="Modified">Whether the work tree differed from that commit.</param>
/// <param name="Seed">The seed of every random choice.</param>
/// <param name="Rounds">How often each case was measured.</param>
/// <param name="Quick">Whether it was the short run, whose figures are too few to be quoted.</param>
/// <param name="StartedAt">When.</param>
public sealed record RunInfo(Machine Machine, string Commit, bool Modified, int Seed, int Rounds, bool Quick, DateTimeOffset StartedAt);

/// <summary>A machine as reported by its operating system.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">How many cores this process may use.</param>
/// <param name="MemoryBytes">How much memory there is, in bytes.</param>
public sealed record Machine(string System, string Runtime, string Processor, int Cores, long MemoryBytes);
