using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// Whether the broker blocks publishers because it is short of memory or disk. It then stops reading from the connection, so publishers
/// have to wait; a confirm that is late for this reason is not a failure of the connection.
/// </summary>
internal sealed class BlockedConnection
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    private volatile TaskCompletionSource? _unblocked;
    private volatile string? _reason;

    public BlockedConnection(IConnection connection)
    {
        connection.ConnectionBlockedAsync += (_, args) =>
        {
            _unblocked ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            _reason = $"the broker blocks publishers: {args.Reason}";
            return Task.CompletedTask;
        };
        connection.ConnectionUnblockedAsync += (_, _) => End();
        connection.ConnectionShutdownAsync += (_, _) => End();
    }

    /// <summary>Why the broker blocks; null when it does not.</summary>
    public string? Reason => _reason;

    /// <summary>Returns at once when the broker does not block, else when it no longer does or the connection is lost.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _unblocked?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>Waits for the broker's confirm of something that was published; while it blocks, for as long as that takes.</summary>
    /// <param name="confirm">The broker's confirm.</param>
    /// <param name="cancellation">Cancels only the wait for a broker that blocks.</param>
    /// <exception cref="TimeoutException">The confirm does not arrive although the broker does not block.</exception>
    public async Task<T> ConfirmAsync<T>(Task<T> confirm, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await confirm.WaitAsync(ConfirmTimeout, CancellationToken.None);
            }
            catch (TimeoutException) when (_unblocked is not null)
            {
                await WaitAsync(cancellation);
            }
        }
    }

    private Task End()
    {
        _reason = null;
        Interlocked.Exchange(ref _unblocked, null)?.TrySetResult();
        return Task.CompletedTask;
    }
}
