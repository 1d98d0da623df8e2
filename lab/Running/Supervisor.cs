using Aspire.Hosting.ApplicationModel;

namespace MsaAspire.Lab.Running;

/// <summary>
/// Restarts a service whenever it has exited, like a kubelet or systemd; Aspire leaves that to the developer. It waits a second
/// before each restart, less than a kubelet, whose back-off grows from 10 s to 5 minutes.
/// </summary>
internal sealed class Supervisor : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly ShopSystem _system;
    private readonly string _resource;
    private readonly Action? _restarted;
    private readonly CancellationTokenSource _ended;
    private readonly Task _watch;

    /// <param name="system">Where it runs.</param>
    /// <param name="resource">The resource to restart.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="restarted">Called after each start, when the service answers.</param>
    public Supervisor(ShopSystem system, string resource, CancellationToken cancellation, Action? restarted = null)
    {
        (_system, _resource, _restarted) = (system, resource, restarted);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _watch = WatchAsync(_ended.Token);
    }

    /// <summary>How often it has started the service.</summary>
    public int Restarts { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _system.App.ResourceNotifications.WaitForResourceAsync(
                _resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), cancellation);
            await Task.Delay(s_pause, cancellation);
            await _system.ExecuteAsync(_resource, KnownResourceCommands.StartCommand, cancellation);
            Restarts++;
            _restarted?.Invoke();
        }
    }
}
