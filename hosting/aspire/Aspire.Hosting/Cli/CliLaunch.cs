using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Cli;

/// <summary>The <c>aspire</c> command that started this AppHost, as it describes itself in the environment.</summary>
/// <param name="SocketPath">Where it expects to be listened for (<c>ASPIRE_BACKCHANNEL_PATH</c>); null when it did not start the AppHost.</param>
/// <param name="ProcessId">Its process; null when it did not start the AppHost.</param>
/// <param name="Started">When its process started.</param>
/// <param name="StableStarted">The same by a clock that a correction of the time does not move.</param>
/// <param name="LogFile">Its log.</param>
internal sealed record CliLaunch(string? SocketPath, int? ProcessId, DateTimeOffset? Started, DateTimeOffset? StableStarted, string? LogFile)
{
    public static CliLaunch From(IConfiguration configuration) => new(
        Text(configuration, "ASPIRE_BACKCHANNEL_PATH"),
        Number(configuration, "ASPIRE_CLI_PID") is { } id and <= int.MaxValue ? (int)id : null,
        Number(configuration, "ASPIRE_CLI_STARTED") is { } seconds and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
        Number(configuration, "ASPIRE_CLI_STARTED_STABLE") is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null,
        Text(configuration, "ASPIRE_CLI_LOG_FILE"));

    private static string? Text(IConfiguration configuration, string key) => configuration[key] is { Length: > 0 } value ? value : null;

    /// <summary>Null for what is no number, or larger than a time or a process can be.</summary>
    private static long? Number(IConfiguration configuration, string key) =>
        long.TryParse(configuration[key], NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 100_000_000_000_000 ? value : null;
}
