using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace MsaAspire.Lab.Load;

/// <summary>The outcome of a response.</summary>
/// <param name="Failure">As in <see cref="Request"/>.</param>
/// <param name="Order">The order that was accepted, if one was.</param>
internal readonly record struct Answer(string? Failure, Guid? Order = null);

/// <summary>Sends the request of an arrival to the gateway.</summary>
internal sealed class ShopClient(Uri gateway, int seed) : IDisposable
{
    /// <summary>How long a request may take from when it is sent.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly PreparedRequests _prepared = new(gateway, seed);
    private readonly Uri _orders = new(gateway, "api/orders");

    // One pool for each operation: otherwise orders that hang would use up the connections for browsing, and the generator would cause the
    // failure that it measures.
    private readonly HttpMessageInvoker _browse = Connections(), _search = Connections(), _order = Connections();

    /// <summary>Sends one request and reads its response completely; never throws.</summary>
    public Task<Answer> SendAsync(Arrival arrival) => arrival.Operation switch
    {
        Operations.Browse => SendAsync(_browse, new(HttpMethod.Get, _prepared.Browse(arrival.Choice)), HttpStatusCode.OK),
        Operations.Search => SendAsync(_search, new(HttpMethod.Get, _prepared.Search(arrival.Choice)), HttpStatusCode.OK),
        _ => SendAsync(_order, OrderRequest(arrival.Choice), HttpStatusCode.Accepted),
    };

    public void Dispose()
    {
        _browse.Dispose();
        _search.Dispose();
        _order.Dispose();
    }

    private static HttpMessageInvoker Connections() =>
        new(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 256,
            UseCookies = false,
            UseProxy = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        });

    private static async Task<Answer> SendAsync(HttpMessageInvoker connections, HttpRequestMessage request, HttpStatusCode expected)
    {
        try
        {
            using (request)
            {
                using var limit = new CancellationTokenSource(Timeout);
                using var response = await connections.SendAsync(request, limit.Token);
                await response.Content.CopyToAsync(Stream.Null, limit.Token);
                if (response.StatusCode != expected)
                    return new($"{(int)response.StatusCode}");
                if (expected != HttpStatusCode.Accepted)
                    return default;
                return Guid.TryParse(response.Headers.Location?.OriginalString.Split('/')[^1], out var order)
                    ? new(null, order)
                    : new("no Location");
            }
        }
        catch (Exception e)
        {
            return new(KindOf(e));
        }
    }

    private static string KindOf(Exception exception) => exception switch
    {
        OperationCanceledException => "timeout",
        _ when exception.GetBaseException() is SocketException e => $"{e.SocketErrorCode}",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } e => $"{e.HttpRequestError}",
        HttpIOException { HttpRequestError: not HttpRequestError.Unknown } e => $"{e.HttpRequestError}",
        _ => exception.GetType().Name,
    };

    private HttpRequestMessage OrderRequest(int choice)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _orders) { Content = new ByteArrayContent(_prepared.Order(choice)) };
        request.Content.Headers.ContentType = s_json;
        // Not from the seed: the next round uses the same shop, and must not repeat this round's orders.
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        return request;
    }
}
