using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Shop.Tests;

/// <summary>A server is away for as long as <c>OUTAGE_SECONDS</c> says; 6 s unless given.</summary>
public abstract class OutageTest(ShopFixture shop) : ShopTest(shop)
{
    /// <summary>How long the server is away.</summary>
    protected static readonly TimeSpan Outage =
        TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable("OUTAGE_SECONDS"), CultureInfo.InvariantCulture, out var given) ? given : 6);

    /// <summary>How long it may take until all is healthy again.</summary>
    protected static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(60);

    /// <summary>Kills a server, has a customer come again and again for the time of the outage, and starts it again.</summary>
    protected async Task DuringOutageAsync(string server, Func<Task> customerAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(Outage + ReturnLimit);
        await Shop.KillAsync(server, limit.Token);
        try
        {
            using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Outage;)
            {
                await customerAsync();
                await pause.WaitForNextTickAsync(Cancelled);
            }
        }
        finally
        {
            // Also when the customer was not content: the shop is shared by other tests.
            await Shop.CommandAsync(server, KnownResourceCommands.StartCommand, limit.Token);
            await Shop.WaitUntilHealthyAsync(limit.Token);
        }
    }
}
