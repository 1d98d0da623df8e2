using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Gateway.Tests;

internal static class RawRequests
{
    /// <summary>Sends these bytes, one for each character.</summary>
    /// <returns>All that comes back until the server closes the connection, one character for each byte.</returns>
    public static async Task<string> SendRawAsync(this HttpClient client, string request)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(15));
        using var connection = new TcpClient();
        await connection.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port, limit.Token);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
