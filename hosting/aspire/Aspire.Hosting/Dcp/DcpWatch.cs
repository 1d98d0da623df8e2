using Aspire.Hosting.Dcp.Model;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>Keeps a watch open for as long as the application runs.</summary>
internal static class DcpWatch
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_givenUpAfter = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Calls <paramref name="onChange"/> for every state of every object of the kind, one after another. When the server ends the watch it is opened again,
    /// which repeats the present state of each object, so nothing is missed for good.
    /// </summary>
    public static async Task RunAsync<T>(
        DcpClient client, string plural, Func<T, bool, Task> onChange, ILogger logger, CancellationToken cancellationToken) where T : DcpObject
    {
        var lastAnswer = DateTime.UtcNow;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in client.WatchAsync<T>(plural, cancellationToken).ConfigureAwait(false))
                {
                    lastAnswer = DateTime.UtcNow;
                    if (change.Type is "ADDED" or "MODIFIED" or "DELETED")
                        await onChange(change.Object!, change.Type == "DELETED").ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (HttpRequestException e) when (DateTime.UtcNow - lastAnswer > s_givenUpAfter && e.HttpRequestError == HttpRequestError.ConnectionError)
            {
                logger.LogCritical("DCP is gone, and with it everything it ran. Stop this application and start it again.");
                return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or DistributedApplicationException or System.Text.Json.JsonException)
            {
                logger.LogDebug("The watch of {Plural} broke: {Reason}", plural, e.Message);
            }
            await Task.Delay(s_pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
