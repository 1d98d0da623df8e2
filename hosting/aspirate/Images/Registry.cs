using System.Net;

namespace MsaAspire.Aspirate.Images;

/// <summary>Where images are pushed to.</summary>
/// <param name="Name">A host with an optional port and path, such as <c>ghcr.io/owner</c>.</param>
internal sealed record Registry(string Name)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>The host and port alone.</summary>
    public string Host => Name.Split('/')[0];

    /// <summary>The prefix of each repository; empty for none.</summary>
    public string Path => Name.Contains('/', StringComparison.Ordinal) ? Name[(Host.Length + 1)..].Trim('/') : "";

    /// <summary>A local registry needs no TLS; engines and the SDK agree on that.</summary>
    public bool IsLoopback => Uri.TryCreate($"http://{Host}", UriKind.Absolute, out var address) && address.IsLoopback;

    /// <summary>Checks the registry before minutes of building.</summary>
    /// <exception cref="AspirateException">No registry answers there.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        var scheme = IsLoopback ? "http" : "https";
        var host = Host is "docker.io" ? "registry-1.docker.io" : Host;
        try
        {
            using var client = new HttpClient { Timeout = s_limit };
            using var answer = await client.GetAsync(new Uri($"{scheme}://{host}/v2/"), cancellation);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
            {
                throw new AspirateException(
                    $"{Host} is no container registry: it answers {scheme}://{host}/v2/ with {(int)answer.StatusCode}. "
                    + "Give another with --container-registry.");
            }
        }
        catch (Exception e)
            when (e is HttpRequestException or UriFormatException || e is TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new AspirateException(
                $"The container registry {Host} cannot be reached: "
                + $"{(e is TaskCanceledException ? $"no answer within {s_limit.TotalSeconds:0} s" : e.Message)}. Start it, give another "
                + "with --container-registry, or build the images later with --skip-build.", e);
        }
    }
}
