using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using StreamJsonRpc;

namespace Aspire.Hosting.Cli;

/// <summary>What <c>aspire ps</c>, <c>describe</c>, <c>logs</c>, <c>wait</c>, <c>resource</c>, <c>otel</c> and <c>stop</c> call, by these names.</summary>
internal sealed class AuxiliaryChannel(
    AppHostIdentity identity, DashboardAddresses dashboard, AppHostReadiness readiness, CliResources resources, ConsoleLogs logs, ResourceWaits waits,
    CommandRuns commands, AppHostLog log, ResourceNotificationService notifications, IHostApplicationLifetime lifetime, CancellationToken gone)
{
    private static readonly CapabilitiesResponse s_capabilities = new(["aux.v1", "aux.v2", "aux.v3"]);

    /// <summary>What there is already goes out in one message instead of one for each.</summary>
    private static readonly JsonRpcEnumerableSettings s_readAhead = new() { MaxReadAhead = 100 };

    /// <summary>The answer to the one who asked for it goes out first.</summary>
    private static readonly TimeSpan s_beforeStop = TimeSpan.FromMilliseconds(500);

    public Task<AppHostInformation> GetAppHostInformationAsync(CancellationToken cancellationToken) =>
        Now(identity.Information, cancellationToken);

    public Task<CapabilitiesResponse> GetCapabilitiesAsync(AnyRequest? request, CancellationToken cancellationToken) =>
        Now(s_capabilities, cancellationToken);

    public Task<AppHostInfoResponse> GetAppHostInfoAsync(AnyRequest? request, CancellationToken cancellationToken) =>
        Now(identity.Info, cancellationToken);

    public Task<DashboardUrls> GetDashboardUrlsAsync(CancellationToken cancellationToken) => dashboard.AssignedAsync(cancellationToken);

    public Task<DashboardInfoResponse> GetDashboardInfoAsync(AnyRequest? request, CancellationToken cancellationToken) =>
        Now(dashboard.Info, cancellationToken);

    public async Task<ReadyResponse> WaitForAppHostReadyAsync(AnyRequest? request, CancellationToken cancellationToken)
    {
        await readiness.ReadyAsync(cancellationToken).ConfigureAwait(false);
        return new(true);
    }

    public Task<ResourcesResponse> GetResourcesAsync(ResourcesRequest? request, CancellationToken cancellationToken) =>
        Now(new ResourcesResponse([.. resources.Current().Where(u => IsWanted(u, request)).Select(SnapshotMapping.ToSnapshot)]), cancellationToken);

    public async Task<IReadOnlyList<ResourceSnapshot>> GetResourceSnapshotsAsync(CancellationToken cancellationToken) =>
        (await GetResourcesAsync(null, cancellationToken).ConfigureAwait(false)).Resources;

    public IAsyncEnumerable<ResourceSnapshot> WatchResourcesAsync(ResourcesRequest? request, CancellationToken cancellationToken) =>
        WatchAsync(request, cancellationToken).UntilAsync(gone, cancellationToken).WithJsonRpcSettings(s_readAhead);

    public IAsyncEnumerable<ResourceSnapshot> WatchResourceSnapshotsAsync(CancellationToken cancellationToken) =>
        WatchResourcesAsync(null, cancellationToken);

    public IAsyncEnumerable<ResourceLogBatch> GetConsoleLogBatchesAsync(ConsoleLogsRequest request, CancellationToken cancellationToken) =>
        logs.ReadAsync(request, cancellationToken).UntilAsync(gone, cancellationToken);

    public IAsyncEnumerable<ResourceLogLine> GetConsoleLogsAsync(ConsoleLogsRequest request, CancellationToken cancellationToken) =>
        LinesAsync(request, cancellationToken).UntilAsync(gone, cancellationToken).WithJsonRpcSettings(s_readAhead);

    public Task<WaitResponse> WaitForResourceAsync(WaitRequest request, CancellationToken cancellationToken) =>
        waits.WaitAsync(request, cancellationToken);

    public Task<CommandResponse> ExecuteResourceCommandAsync(CommandRequest request, CancellationToken cancellationToken) =>
        commands.RunAsync(request, cancellationToken);

    public IAsyncEnumerable<AppHostLogEntry> GetAppHostLogEntriesAsync(CancellationToken cancellationToken) =>
        log.ReadAsync(cancellationToken).UntilAsync(gone, cancellationToken);

    public Task<Done> StopAsync(StopRequest? request, CancellationToken cancellationToken)
    {
        if (request?.ExitCode is { } exitCode)
            Environment.ExitCode = exitCode;
        _ = Task.Delay(s_beforeStop, CancellationToken.None).ContinueWith(_ => lifetime.StopApplication(), TaskScheduler.Default);
        return Now(new Done(), cancellationToken);
    }

    public Task StopAppHostAsync(CancellationToken cancellationToken) => StopAsync(null, cancellationToken);

    private async IAsyncEnumerable<ResourceSnapshot> WatchAsync(
        ResourcesRequest? request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (IsWanted(update, request))
                yield return SnapshotMapping.ToSnapshot(update);
        }
    }

    private async IAsyncEnumerable<ResourceLogLine> LinesAsync(
        ConsoleLogsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in logs.ReadAsync(request, cancellationToken).ConfigureAwait(false))
        {
            foreach (var line in batch.Lines)
                yield return line;
        }
    }

    private static bool IsWanted(ResourceEvent update, ResourcesRequest? request) =>
        string.IsNullOrEmpty(request?.Filter) || update.Resource.Name.Contains(request.Filter, StringComparison.OrdinalIgnoreCase);

    private static Task<T> Now<T>(T answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(answer);
    }
}
