using System.Diagnostics;

namespace Benchmarks.Checkout;

/// <summary>
/// Arrivals at a constant rate whose times are fixed in advance. A slow answer delays no later arrival, and what counts is the time from
/// when a request was due, so a stall shows in every request that it delayed.
/// </summary>
internal static class OpenLoad
{
    /// <summary>Calls <paramref name="arrive"/> with number and due time of each arrival, and returns when the last call has ended.</summary>
    public static async Task RunAsync(double rate, TimeSpan duration, Func<int, long, Task> arrive, CancellationToken cancellation)
    {
        var count = (int)(rate * duration.TotalSeconds);
        var calls = new Task[count];
        var schedule = new Thread(() =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < count && !cancellation.IsCancellationRequested; i++)
            {
                var due = start + (long)(i / rate * Stopwatch.Frequency);
                NativeMethods.SleepUntil(due);
                calls[i] = arrive(i, due);
            }
        })
        { IsBackground = true, Name = "arrivals" };
        schedule.Start();
        await Task.Run(schedule.Join, CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        await Task.WhenAll(calls);
    }
}
