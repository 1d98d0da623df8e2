using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Cli;

/// <summary>Console logs of one resource or of all, what there is and what comes, in batches.</summary>
internal sealed class ConsoleLogs(ResourceNotificationService notifications, ResourceLoggerService loggers, CliResources resources)
{
    /// <summary>A message stays far below what a client takes.</summary>
    private const int LargestBatch = 500;

    /// <summary>Who reads slowly holds up the reading of the logs, not the resources, and may miss lines.</summary>
    private const int BatchesInHand = 16;

    public async IAsyncEnumerable<ResourceLogBatch> ReadAsync(
        ConsoleLogsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var present = Selected(resources.Current(), request).ToList();
        var known = new List<ResourceLogLine>();
        var last = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var update in present)
        {
            await foreach (var lines in loggers.GetAllAsync(update.ResourceId).WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                last[update.ResourceId] = lines[^1].LineNumber;
                known.AddRange(lines.Where(line => Matches(update, line, request.Search)).Select(line => ToLine(update, line)));
            }
        }

        // Every line begins with the time when it was read, so lines of several resources are put in order by their text.
        var ordered = known.OrderBy(line => line.Content[..Math.Min(line.Content.Length, 28)], StringComparer.Ordinal);
        foreach (var batch in (request.Tail is { } tail ? ordered.TakeLast(Math.Max(tail, 0)) : ordered).Chunk(LargestBatch))
            yield return new(batch);
        if (!request.Follow)
            yield break;

        await foreach (var batch in FollowAsync(request, last, cancellationToken).ConfigureAwait(false))
            yield return batch;
    }

    private async IAsyncEnumerable<ResourceLogBatch> FollowAsync(
        ConsoleLogsRequest request, Dictionary<string, int> last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var batches = Channel.CreateBounded<ResourceLogBatch>(BatchesInHand);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Task.Run(() => FollowAllAsync(request, last, batches.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return batch;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await readers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Replicas that come later are followed as well.</summary>
    private async Task FollowAllAsync(
        ConsoleLogsRequest request, Dictionary<string, int> last, ChannelWriter<ResourceLogBatch> writer, CancellationToken cancellationToken)
    {
        var followed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var readers = new List<Task>();
        try
        {
            await foreach (var update in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                if (Selected([update], request).Any() && followed.Add(update.ResourceId))
                    readers.Add(FollowOneAsync(update, last.GetValueOrDefault(update.ResourceId), request.Search, writer, cancellationToken));
            }

            await Task.WhenAll(readers).ConfigureAwait(false);
        }
        finally
        {
            writer.TryComplete();
        }
    }

    private async Task FollowOneAsync(
        ResourceEvent update, int last, string? search, ChannelWriter<ResourceLogBatch> writer, CancellationToken cancellationToken)
    {
        await foreach (var lines in loggers.WatchAsync(update.ResourceId).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var fresh = lines.Where(line => line.LineNumber > last && Matches(update, line, search)).Select(line => ToLine(update, line));
            foreach (var batch in fresh.Chunk(LargestBatch))
                await writer.WriteAsync(new(batch), cancellationToken).ConfigureAwait(false);
        }
    }

    private static IEnumerable<ResourceEvent> Selected(IEnumerable<ResourceEvent> updates, ConsoleLogsRequest request) => updates.Where(update =>
        request.ResourceName is { } name ? CliResources.IsNamed(update, name) : request.IncludeHidden || !update.Snapshot.IsHidden);

    private static bool Matches(ResourceEvent update, LogLine line, string? search) => string.IsNullOrEmpty(search)
        || line.Content.Contains(search, StringComparison.OrdinalIgnoreCase)
        || update.Resource.Name.Contains(search, StringComparison.OrdinalIgnoreCase);

    private static ResourceLogLine ToLine(ResourceEvent update, LogLine line) => new(update.ResourceId, line.LineNumber, line.Content, line.IsErrorMessage);
}
