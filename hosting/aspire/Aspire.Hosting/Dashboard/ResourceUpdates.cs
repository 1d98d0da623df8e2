using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dashboard;

/// <summary>The states of the resources in batches, of which the first holds those known now.</summary>
internal static class ResourceUpdates
{
    // While an application starts, states change many times a second; the eye needs only the last of each.
    private static readonly TimeSpan BatchingWindow = TimeSpan.FromMilliseconds(50);

    public static async IAsyncEnumerable<IReadOnlyCollection<ResourceEvent>> ReadAsync(
        ResourceNotificationService notifications, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new() { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = PumpAsync(notifications, channel.Writer, stop.Token);
        try
        {
            do
            {
                await Task.Delay(BatchingWindow, cancellationToken).ConfigureAwait(false);
                var latest = new Dictionary<string, ResourceEvent>(StringComparer.Ordinal);
                while (channel.Reader.TryRead(out var update))
                {
                    latest[update.ResourceId] = update;
                }

                yield return latest.Values;
            }
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task PumpAsync(
        ResourceNotificationService notifications, ChannelWriter<ResourceEvent> writer, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                writer.TryWrite(update);
            }

            writer.Complete();
        }
        catch (Exception e)
        {
            writer.Complete(e);
        }
    }
}
