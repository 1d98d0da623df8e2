using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>A line that a process wrote, with the time at which DCP read it (null when DCP gave none).</summary>
internal readonly record struct DcpLogLine(DateTime? Timestamp, string Text, bool IsError);

/// <summary>Standard output and standard error of an object as one stream, in the order of their timestamps.</summary>
internal sealed class DcpLogStream(DcpClient client, ILogger logger)
{
    /// <summary>DCP delivers the two streams separately; lines that arrive this close together are put in order.</summary>
    private static readonly TimeSpan s_mergeWindow = TimeSpan.FromMilliseconds(50);

    public async IAsyncEnumerable<IReadOnlyList<DcpLogLine>> FollowAsync(
        string plural, string name, string[] sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = Channel.CreateUnbounded<DcpLogLine>(new UnboundedChannelOptions { SingleReader = true });
        var copies = Task.WhenAll(sources.Select(source => CopyAsync(plural, name, source, lines.Writer, cancellationToken)));
        _ = copies.ContinueWith(_ => lines.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        while (await lines.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (sources.Length > 1 && !copies.IsCompleted)
                await Task.Delay(s_mergeWindow, cancellationToken).ConfigureAwait(false);
            var batch = new List<DcpLogLine>();
            while (lines.Reader.TryRead(out var line))
                batch.Add(line);
            yield return [.. batch.OrderBy(line => line.Timestamp)];
        }
    }

    private async Task CopyAsync(string plural, string name, string source, ChannelWriter<DcpLogLine> lines, CancellationToken cancellationToken)
    {
        var isError = source.EndsWith("stderr", StringComparison.Ordinal);
        try
        {
            DateTime? last = null;
            await foreach (var line in client.FollowLogAsync(plural, name, source, cancellationToken).ConfigureAwait(false))
            {
                var parsed = Parse(line, isError, last);
                last = parsed.Timestamp;
                await lines.WriteAsync(parsed, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or DistributedApplicationException)
        {
            logger.LogDebug("The {Source} of '{Name}' ended: {Reason}", source, name, e.Message);
        }
        catch (OperationCanceledException)
        {
            // Nobody reads any more.
        }
    }

    private static DcpLogLine Parse(string line, bool isError, DateTime? previous)
    {
        var space = line.IndexOf(' ');
        return space > 0 && DateTime.TryParse(line.AsSpan(0, space), null, System.Globalization.DateTimeStyles.AdjustToUniversal, out var timestamp)
            ? new DcpLogLine(timestamp, line[(space + 1)..], isError)
            : new DcpLogLine(previous, line, isError);
    }
}
