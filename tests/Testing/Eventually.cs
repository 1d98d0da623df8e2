using System.Diagnostics;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>Waits for what nothing announces.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30), s_poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads a value again until it is as expected; fails with the last value when it is not within the limit (30 s by default).</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T>> value, Predicate<T> expected, TimeSpan? limit = null)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(s_poll, TestContext.Current.CancellationToken))
        {
            var now = await value();
            if (expected(now))
                return now;
            if (watch.Elapsed > (limit ?? s_limit))
                Assert.Fail($"Still {now} after {(limit ?? s_limit).TotalSeconds:0} s.");
        }
    }

    public static Task IsAsync(Func<bool> condition) => IsAsync(() => Task.FromResult(condition()), so => so);

    /// <summary>Whether the condition came true within the limit.</summary>
    public static async Task<bool> IsTrueAsync(Func<bool> condition, TimeSpan limit)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < limit; await Task.Delay(s_poll, TestContext.Current.CancellationToken))
        {
            if (condition())
                return true;
        }

        return condition();
    }
}
