using Aspire.Hosting.ApplicationModel;

namespace MsaAspire.Lab.Running;

/// <summary>
/// Starts a service again whenever it has ended, as a kubelet or systemd does; Aspire leaves that to the developer. It waits a second
/// before each start, less than a kubelet, whose pause grows from 10 s to 5 minutes.
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
    /// <param name="resource">What is started again.</param>
    /// <param name="cancellation">Ends it.</param>
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
