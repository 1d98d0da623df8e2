using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace MsaAspire.Messaging.InProcess;

/// <summary>
/// Tells other processes, over the broker, of the events they want. To this process it is news alone: what the broker does not take waits
/// in the outbox and holds nothing else up.
/// </summary>
internal sealed class Outside(IReadOnlySet<string> types, IConnectionFactory factory, ILogger<Outside> logger)
    : BrokerSession("events for other processes", factory, Task.CompletedTask, logger)
{
    private volatile Publisher? _publisher;

    public bool Wants(OutboxRow row) => row.Retries == 0 && types.Contains(row.Type);

    /// <returns>Null when the broker has it, else why not.</returns>
    public async Task<string?> PublishAsync(OutboxRow row, CancellationToken stopping)
    {
        if (_publisher is not { } publisher)
            return $"the broker is not connected: {Fault}";
        if (Blocked is { } reason)
            return reason;
        try
        {
            return (await publisher.PublishAsync([row], stopping))[0];
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    protected override async Task RunAsync(IConnection connection, Blocking blocking, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, stopping);
        await Topology.DeclareExchangesAsync(channel, stopping);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            lost.TrySetException(new InvalidOperationException(reason.Exception?.Message ?? reason.ReplyText));
            return Task.CompletedTask;
        };
        _publisher = new(channel, blocking, queue: "", isNews: _ => true);
        try
        {
            AtWork();
            await lost.Task.WaitAsync(stopping);
        }
        finally
        {
            _publisher = null;
        }
    }
}
