using System.Diagnostics;
using System.Diagnostics.Metrics;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// The lag of a consumer: the length of its queue (for all replicas together), the messages that this replica is handling and their age, and
/// the length of the dead-letter queue.
/// </summary>
internal sealed class QueueMetrics
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(5);

    private readonly string _queue;
    private long _depth, _inHand, _oldest, _dead;

    public QueueMetrics(string queue)
    {
        _queue = queue;
        var tag = new KeyValuePair<string, object?>("messaging.destination.name", queue);
        Gauge("messaging.queue.depth", "{message}", () => new Measurement<long>(_depth, tag));
        Gauge("messaging.queue.unacknowledged", "{message}", () => new Measurement<long>(_inHand, tag));
        Gauge("messaging.queue.age", "s", () => new Measurement<double>(_oldest == 0 ? 0 : Stopwatch.GetElapsedTime(_oldest).TotalSeconds, tag));
        Gauge("messaging.queue.dead_letters", "{message}", () => new Measurement<long>(_dead, tag));
    }

    public void Connected() => (_inHand, _oldest) = (0, 0);

    public void Received() => Interlocked.Increment(ref _inHand);

    public void Begin(Delivery oldest) => _oldest = oldest.ReceivedAt;

    public void Acknowledged(int count)
    {
        Interlocked.Add(ref _inHand, -count);
        _oldest = 0;
    }

    /// <summary>Asks the broker every few seconds until cancelled, on a channel of its own: a reply must not wait behind messages.</summary>
    public async Task SampleAsync(IConnection connection, CancellationToken cancellation)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        using var timer = new PeriodicTimer(SampleInterval);
        do
        {
            _depth = (await channel.QueueDeclarePassiveAsync(_queue, cancellation)).MessageCount;
            _dead = (await channel.QueueDeclarePassiveAsync(Topology.DeadLetterQueue(_queue), cancellation)).MessageCount;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static void Gauge<T>(string name, string unit, Func<Measurement<T>> value)
        where T : struct => Telemetry.Meter.CreateObservableGauge(name, value, unit);
}
