using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Copies what processes write to the console logs of their resources, and to the AppHost's own log if that was asked for.</summary>
internal sealed class ResourceLogPump(DcpLogStream streams, ResourceLoggerService loggers, ILoggerFactory? appHostLog)
{
    private static readonly string[] s_executableSources = ["stdout", "stderr"];
    private static readonly string[] s_containerSources = ["startup_stdout", "startup_stderr", "stdout", "stderr"];

    public void Start(ResourceInstance instance, string plural, CancellationToken cancellationToken) => _ = CopyAsync(instance, plural, cancellationToken);

    private async Task CopyAsync(ResourceInstance instance, string plural, CancellationToken cancellationToken)
    {
        var log = loggers.Log(instance.Id);
        var logger = appHostLog?.CreateLogger($"Resources.{instance.Resource.Name}");
        var sources = instance.Resource.IsContainer() ? s_containerSources : s_executableSources;
        try
        {
            await foreach (var lines in streams.FollowAsync(plural, instance.Id, sources, cancellationToken).ConfigureAwait(false))
            {
                foreach (var line in lines)
                {
                    log.Add(line.Timestamp ?? DateTime.UtcNow, line.Text, line.IsError);
                    logger?.Log(line.IsError ? LogLevel.Error : LogLevel.Information, "{Line}", line.Text);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }
}
