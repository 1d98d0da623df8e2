using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Aspire.Hosting.Dcp.Model;
using k8s;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Calls DCP's Kubernetes-style API. The connection (trust, version, pooling) is KubernetesClient's; the calls are written on its HttpClient,
/// because the typed paths of that library cost a second of just-in-time compilation at start-up and do not know DCP's log streams.
/// </summary>
internal sealed class DcpClient : IDisposable
{
    private static readonly TimeSpan s_retryFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromSeconds(2);

    private readonly Kubernetes _kubernetes;
    private readonly HttpClient _http;
    private readonly string _server;
    private readonly AuthenticationHeaderValue _authorization;

    public DcpClient(DcpConnection connection)
    {
        _kubernetes = new Kubernetes(new KubernetesClientConfiguration
        {
            Host = connection.Server,
            AccessToken = connection.Token,
            SslCaCerts = [connection.Authority],
        });
        _http = _kubernetes.HttpClient;
        _http.Timeout = Timeout.InfiniteTimeSpan;
        _server = connection.Server;
        _authorization = new AuthenticationHeaderValue("Bearer", connection.Token);
    }

    public async Task<T> CreateAsync<T>(T instance, CancellationToken cancellationToken) where T : DcpObject
    {
        var type = TypeInfo<T>();
        using var response = await SendAsync(
            () => Request(HttpMethod.Post, Path(instance.Plural), JsonContent.Create(instance, type)), cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, $"create the {instance.Kind} '{instance.Name}'", cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>Returns null when there is no such object.</summary>
    public async Task<T?> GetAsync<T>(string plural, string name, CancellationToken cancellationToken) where T : DcpObject
    {
        using var response = await SendAsync(() => Request(HttpMethod.Get, Path(plural, name)), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await EnsureSuccessAsync(response, $"read '{name}' of {plural}", cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadFromJsonAsync(TypeInfo<T>(), cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Service>> ListServicesAsync(CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => Request(HttpMethod.Get, Path("services")), cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, "list the services", cancellationToken).ConfigureAwait(false);
        return (await response.Content.ReadFromJsonAsync(TypeInfo<DcpList<Service>>(), cancellationToken).ConfigureAwait(false))?.Items ?? [];
    }

    public async Task PatchAsync(string plural, string name, string mergePatch, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(() => Patch(Path(plural, name), mergePatch), cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, $"change '{name}' of {plural}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an object and returns when it is gone, with everything it ran.</summary>
    public async Task DeleteAsync<T>(string plural, string name, CancellationToken cancellationToken) where T : DcpObject
    {
        using (var response = await SendAsync(() => Request(HttpMethod.Delete, Path(plural, name)), cancellationToken).ConfigureAwait(false))
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
                return;
            await EnsureSuccessAsync(response, $"delete '{name}' of {plural}", cancellationToken).ConfigureAwait(false);
        }
        while (await GetAsync<T>(plural, name, cancellationToken).ConfigureAwait(false) is not null)
            await Task.Delay(50, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Changes of all objects of a kind, beginning with those that exist. Ends when the server closes the watch.</summary>
    public async IAsyncEnumerable<DcpWatchEvent<T>> WatchAsync<T>(string plural, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var type = (JsonTypeInfo<DcpWatchEvent<T>>)DcpJson.Default.GetTypeInfo(typeof(DcpWatchEvent<T>))!;
        await foreach (var line in ReadLinesAsync($"{Path(plural)}?watch=true", cancellationToken).ConfigureAwait(false))
        {
            if (JsonSerializer.Deserialize(line, type) is { Object: not null } change)
                yield return change;
        }
    }

    /// <summary>
    /// Follows one log stream of an object (<c>stdout</c>, <c>stderr</c>, <c>startup_stdout</c>, <c>startup_stderr</c>, <c>system</c>), each line with DCP's
    /// timestamp before it, from the beginning until the process has ended.
    /// </summary>
    public IAsyncEnumerable<string> FollowLogAsync(string plural, string name, string source, CancellationToken cancellationToken) =>
        ReadLinesAsync($"{Path(plural, name)}/log?source={source}&follow=true&timestamps=true", cancellationToken);

    /// <summary>What one log stream of an object holds now.</summary>
    public IAsyncEnumerable<string> ReadLogAsync(string plural, string name, string source, CancellationToken cancellationToken) =>
        ReadLinesAsync($"{Path(plural, name)}/log?source={source}&follow=false", cancellationToken);

    /// <summary>Asks DCP to stop everything and to exit; returns when it has taken the order.</summary>
    public async Task StopServerAsync(CancellationToken cancellationToken)
    {
        using var request = Patch("/admin/execution", """{"status":"Stopping","shutdownResourceCleanup":"Full"}""");
        using var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, "stop DCP", cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _kubernetes.Dispose();

    private async IAsyncEnumerable<string> ReadLinesAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await EnsureSuccessAsync(response, $"read {path}", cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            yield return line;
    }

    /// <summary>Sends until there is an answer: the server may not accept yet, and it answers 409 to changes that race with its own.</summary>
    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> createRequest, CancellationToken cancellationToken)
    {
        var delay = TimeSpan.FromMilliseconds(25);
        var giveUp = DateTime.UtcNow + s_retryFor;
        while (true)
        {
            using var request = createRequest();
            try
            {
                var response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                var isRaced = response.StatusCode == HttpStatusCode.Conflict && request.Method != HttpMethod.Post;
                if (!isRaced || DateTime.UtcNow > giveUp)
                    return response;
                response.Dispose();
            }
            catch (HttpRequestException) when (DateTime.UtcNow < giveUp)
            {
                // Not up yet, or busy; tried again below.
            }
            await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < s_longestDelay ? delay * 2 : s_longestDelay;
        }
    }

    /// <summary>The content type must be just this one: DCP refuses it with a charset behind it.</summary>
    private HttpRequestMessage Patch(string path, string json)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/merge-patch+json");
        return Request(HttpMethod.Patch, path, content);
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content = null)
    {
        var request = new HttpRequestMessage(method, _server + path) { Version = HttpVersion.Version20, Content = content };
        request.Headers.Authorization = _authorization;
        return request;
    }

    private static string Path(string plural, string? name = null)
    {
        var kind = $"/apis/{DcpObject.Group}/{DcpObject.Version}/{plural}";
        return name is null ? kind : $"{kind}/{Uri.EscapeDataString(name)}";
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)DcpJson.Default.GetTypeInfo(typeof(T))!;

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, string what, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        throw new DistributedApplicationException($"DCP refused to {what}: {(int)response.StatusCode} {Reason(body)}");
    }

    private static string Reason(string body)
    {
        try
        {
            using var status = JsonDocument.Parse(body);
            return status.RootElement.TryGetProperty("message", out var message) ? message.GetString() ?? body : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
