using System.Diagnostics;

namespace Benchmarks.Messages;

/// <summary>
/// Writers that write one message after another until the time is over, and what it took until the last of them was handled. The same for
/// everything that is compared.
/// </summary>
/// <param name="writers">How many write at once.</param>
public sealed class WriterLoad(int writers) : IDisposable
{
    /// <summary>So many messages may be between the writer's commit and the consumer's; more would only wait in the outbox.</summary>
    private const int MostInFlight = 2000;

    /// <summary>Before it is measured the same work is done for this part of the time: code is compiled, files are made.</summary>
    internal const double WarmUp = 0.2;

    private readonly SemaphoreSlim _room = new(MostInFlight);

    /// <summary>The consumer calls it after its commit.</summary>
    public void Handled(int messages) => _room.Release(messages);

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    internal async Task<MessageRate> MeasureAsync(Func<Task> write, TimeSpan duration, CancellationToken cancellation)
    {
        await RunAsync(write, duration * WarmUp, cancellation);
        var before = MessageCpu.Read();
        var start = Stopwatch.GetTimestamp();
        var written = await RunAsync(write, duration * (1 - WarmUp), cancellation);
        return new(written / Stopwatch.GetElapsedTime(start).TotalSeconds, MessageCpu.Between(before, MessageCpu.Read(), written));
    }

    private async Task<int> RunAsync(Func<Task> write, TimeSpan duration, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        var written = (await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync, cancellation)))).Sum();
        while (_room.CurrentCount < MostInFlight)
            await Task.Delay(1, cancellation);
        return written;

        async Task<int> WriteAsync()
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < duration; count++)
            {
                await _room.WaitAsync(cancellation);
                await write();
            }

            return count;
        }
    }
}
