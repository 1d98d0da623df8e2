namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>What it takes to run a PostgreSQL server, as full paths. Every user of the machine can read and execute them.</summary>
/// <param name="PostgresPath">The server itself.</param>
/// <param name="InitDbPath">Creates a data folder.</param>
/// <param name="FromMachine">True when the machine's own installation was found instead of the pinned package.</param>
internal sealed record PostgresBinaries(string PostgresPath, string InitDbPath, bool FromMachine);
