using System.Text.Json;

namespace Benchmarks.Messages;

/// <summary>What the peers send: their own envelopes around it, and in JSON as many bytes as an event of ours.</summary>
public sealed record EntryWritten(Guid Id, string Padding)
{
    /// <summary>A business row in the peers' table; its parameter is the id.</summary>
    internal const string Insert = "INSERT INTO peer_entries (id, value) VALUES ($1, 'entry')";

    internal const string CreateTable = "CREATE TABLE IF NOT EXISTS peer_entries (id uuid PRIMARY KEY, value text NOT NULL)";

    /// <summary>Padding for messages of so many bytes.</summary>
    internal static string PaddingFor(int bytes) => new('x', bytes - JsonSerializer.SerializeToUtf8Bytes(new EntryWritten(Guid.Empty, "")).Length);
}
