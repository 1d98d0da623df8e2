using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Cli;

// What goes over the CLI's channels. The members' names are the protocol's, in camel case on the wire.

/// <summary>A request that asks for nothing in particular.</summary>
internal sealed record AnyRequest;

internal sealed record CapabilitiesResponse([property: JsonPropertyName("capabilities")] string[] Names);

internal sealed record AppHostInformation(
    string AppHostPath, int ProcessId, int? CliProcessId, DateTimeOffset? StartedAt, DateTimeOffset? CliStartedAt, DateTimeOffset? CliStableStartedAt,
    string? CliLogFilePath);

internal sealed record AppHostInfoResponse(
    string Pid, string AspireHostVersion, string AppHostPath, int? CliProcessId, DateTimeOffset? StartedAt, string? CliLogFilePath);

internal sealed record DashboardUrls(bool DashboardHealthy, string? BaseUrlWithLoginToken, string? CodespacesUrlWithLoginToken);

internal sealed record DashboardInfoResponse(string? ApiBaseUrl, string? ApiToken, string[] DashboardUrls, bool IsHealthy);

internal sealed record ReadyResponse(bool IsReady);

internal sealed record ResourcesRequest(string? Filter);

internal sealed record ResourcesResponse(IReadOnlyList<ResourceSnapshot> Resources);

/// <param name="ResourceName">A resource, or one replica of it; null for all.</param>
/// <param name="Follow">Whether lines to come are told as well.</param>
/// <param name="Search">Only lines that have this in them, or whose resource's name does.</param>
/// <param name="Tail">The last so many of the lines that there are already.</param>
/// <param name="IncludeHidden">Whether hidden resources count when no resource is named.</param>
internal sealed record ConsoleLogsRequest(string? ResourceName, bool Follow, string? Search, int? Tail, bool IncludeHidden);

internal sealed record ResourceLogBatch(IReadOnlyList<ResourceLogLine> Lines);

internal sealed record ResourceLogLine(string ResourceName, int LineNumber, string Content, bool IsError);

/// <param name="ResourceName">A resource, or one replica of it.</param>
/// <param name="Status">Of <see cref="ResourceWaits.Statuses"/>.</param>
/// <param name="TimeoutSeconds">0 or less for no limit but the client's patience.</param>
internal sealed record WaitRequest(string ResourceName, string Status, int TimeoutSeconds = 120);

/// <summary>A client that reads a state in the answer to a wait that failed tells that and not the message, so such an answer has none.</summary>
internal sealed record WaitResponse(bool Success)
{
    public string? State { get; init; }

    public string? HealthStatus { get; init; }

    public bool ResourceNotFound { get; init; }

    public bool TimedOut { get; init; }

    public string? ErrorMessage { get; init; }
}

/// <param name="ResourceName">A resource, with all its replicas, or one of them.</param>
/// <param name="CommandName">The command.</param>
/// <param name="Arguments">An array in the order of what the command declares, or an object by its names.</param>
/// <param name="ValidateOnly">Whether only to say what is wrong with the arguments.</param>
internal sealed record CommandRequest(string ResourceName, string CommandName, JsonElement? Arguments, bool ValidateOnly);

internal sealed record CommandResponse(bool Success, bool Canceled, string? Message, CommandValue? Value, IReadOnlyList<ArgumentError> ValidationErrors);

internal sealed record CommandValue(string Value, string Format, bool DisplayImmediately);

internal sealed record ArgumentError(string ArgumentName, string ErrorMessage);

internal sealed record StopRequest(int? ExitCode);

/// <summary>An answer that says no more than that it was heard.</summary>
internal sealed record Done;

internal sealed record ResourceState(string Resource, string Type, string State, string[] Endpoints, string? Health);

internal sealed record AppHostLogEntry(LogEventId EventId, LogLevel LogLevel, string Message, DateTimeOffset Timestamp, string CategoryName);

internal sealed record LogEventId(int Id, string? Name);

/// <summary>A resource, or one of its replicas, at one moment.</summary>
/// <param name="Name">Tells replicas apart.</param>
/// <param name="DisplayName">The resource's name in the model.</param>
internal sealed record ResourceSnapshot(string Name, string DisplayName, string ResourceType)
{
    /// <summary>What older clients, and the one that is pinned, read instead of <see cref="ResourceType"/>.</summary>
    public string Type => ResourceType;

    public string? State { get; init; }

    public string? StateStyle { get; init; }

    /// <summary>The ids of what it waits for; null when it does not wait.</summary>
    public IReadOnlyList<string>? WaitingFor { get; init; }

    public string? HealthStatus { get; init; }

    public int? ExitCode { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? StoppedAt { get; init; }

    public IReadOnlyList<SnapshotUrl> Urls { get; init; } = [];

    public IReadOnlyList<SnapshotRelationship> Relationships { get; init; } = [];

    public IReadOnlyList<SnapshotHealthReport> HealthReports { get; init; } = [];

    public IReadOnlyList<SnapshotVolume> Volumes { get; init; } = [];

    public IReadOnlyList<SnapshotVariable> EnvironmentVariables { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();

    public bool IsHidden { get; init; }

    public IReadOnlyList<SnapshotCommand> Commands { get; init; } = [];
}

internal sealed record SnapshotUrl(string Name, string Url, bool IsInternal, SnapshotUrlDisplay DisplayProperties);

internal sealed record SnapshotUrlDisplay(string DisplayName, int SortOrder);

internal sealed record SnapshotRelationship(string ResourceName, string Type);

internal sealed record SnapshotHealthReport(string Name, string? Status, string? Description, string? ExceptionText);

internal sealed record SnapshotVolume(string? Source, string Target, string MountType, bool IsReadOnly);

internal sealed record SnapshotVariable(string Name, string? Value, bool IsFromSpec);

internal sealed record SnapshotCommand(
    string Name, string? DisplayName, string? Description, string State, string Visibility, IReadOnlyList<SnapshotInput> ArgumentInputs);

internal sealed record SnapshotInput(
    string Name, string Label, string InputType, bool Required, string? Description, string? Placeholder, string? Value, int? MaxLength,
    IReadOnlyDictionary<string, string>? Options);
