using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Aspire.Hosting.Cli;

/// <summary>
/// A stream for a client that may go away between two items. A stream is told nothing of that: it would stay subscribed to its source for ever.
/// So the source is read beside it, a little ahead, and until the client is gone.
/// </summary>
internal static class ClientStream
{
    private const int ReadAhead = 100;

    /// <param name="source">What is streamed; ends when its token is cancelled.</param>
    /// <param name="gone">Cancelled when the client is gone.</param>
    /// <param name="cancellationToken">Cancelled when the client has asked for the end of the stream.</param>
    public static async IAsyncEnumerable<T> UntilAsync<T>(
        this IAsyncEnumerable<T> source, CancellationToken gone, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var items = Channel.CreateBounded<T>(ReadAhead);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, gone);
        var reading = Task.Run(() => ReadAsync(source, items.Writer, ending), CancellationToken.None);
        try
        {
            await foreach (var item in items.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return item;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    private static async Task ReadAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> items, CancellationTokenSource ending)
    {
        Exception? failure = null;
        try
        {
            await foreach (var item in source.WithCancellation(ending.Token).ConfigureAwait(false))
                await items.WriteAsync(item, ending.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            items.TryComplete(failure);
        }
    }
}
