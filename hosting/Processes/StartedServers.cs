using System.Collections.Concurrent;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// Notes which processes this run has started, as DCP tells of them: the process ids that servers leave in files may be those of
/// another run or, after a power cut, of another program.
/// </summary>
internal sealed class StartedServers
{
    private const string ProcessId = "executable.pid";
    private readonly ConcurrentDictionary<ServerProcessResource, int> _current = new();
    private readonly RunFolder _run;
    private readonly ResourceNotificationService _notifications;

    public StartedServers(RunFolder run, ResourceNotificationService notifications, IHostApplicationLifetime lifetime)
    {
        _run = run;
        _notifications = notifications;
        _ = FollowAsync(lifetime.ApplicationStopped);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in _notifications.WatchAsync(cancellationToken))
            {
                if (change.Resource is ServerProcessResource server)
                {
                    Note(server, change.Snapshot);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application has stopped.
        }
    }

    private void Note(ServerProcessResource server, CustomResourceSnapshot snapshot)
    {
        if (KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text))
        {
            _current.TryRemove(server, out _);
            return;
        }

        // Each number is looked up once, at the start: later it may be another program's.
        if (snapshot.Properties.FirstOrDefault(property => property.Name == ProcessId)?.Value is not { } value
            || Convert.ToInt32(value, CultureInfo.InvariantCulture) is not (> 0 and var id)
            || _current.GetValueOrDefault(server) == id)
        {
            return;
        }

        _current[server] = id;
        if (ProcessIdentity.Of(id) is { } process)
        {
            _run.Watch(server.Name, process, server.PidFile);
            server.Data?.ServedBy(process);
        }
    }
}
