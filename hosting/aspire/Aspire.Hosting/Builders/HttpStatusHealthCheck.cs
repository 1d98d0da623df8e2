using System.Net.Mime;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Healthy when a GET request is answered with the expected status. Otherwise it says what came instead, with the beginning of a text.</summary>
internal sealed class HttpStatusHealthCheck(IHttpClientFactory clients, Func<CancellationToken, ValueTask<Uri>> address, int statusCode) : IHealthCheck
{
    private static readonly TimeSpan s_shortestLimit = TimeSpan.FromMilliseconds(500), s_longestLimit = TimeSpan.FromSeconds(5);

    private const int MostOfText = 500;

    private TimeSpan _limit = s_shortestLimit;

    /// <summary>Registers the check under <paramref name="key"/> and associates it with the resource.</summary>
    public static void Add<T>(IResourceBuilder<T> builder, string key, Func<CancellationToken, ValueTask<Uri>> address, int statusCode) where T : IResource
    {
        builder.WithHealthCheck(key);
        builder.ApplicationBuilder.Services.AddHttpClient();
        HttpStatusHealthCheck? check = null;
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, services => check ??= new(services.GetRequiredService<IHttpClientFactory>(), address, statusCode), failureStatus: null, tags: null));
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_limit);
        Uri? uri = null;
        try
        {
            uri = await address(timeout.Token);
            using var client = clients.CreateClient(context.Registration.Name);
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            _limit = s_longestLimit;
            var answer = (int)response.StatusCode;
            return answer == statusCode
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"{uri} answered {answer} and not {statusCode}.{await TextAsync(response.Content, timeout.Token)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // DCP's proxy takes the connection before the process listens, and tries ever more seldom to pass it on. A new one is passed on at once.
            var result = new HealthCheckResult(context.Registration.FailureStatus, $"{uri} did not answer within {_limit.TotalSeconds:0.0} s.");
            _limit = _limit * 1.1 < s_longestLimit ? _limit * 1.1 : s_longestLimit;
            return result;
        }
        catch (Exception ex) when (ex is HttpRequestException or DistributedApplicationException or InvalidOperationException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, ex.Message, ex);
        }
    }

    private static async Task<string> TextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != MediaTypeNames.Text.Plain)
        {
            return "";
        }

        using var reader = new StreamReader(await content.ReadAsStreamAsync(cancellationToken));
        var text = new char[MostOfText];
        return " " + new string(text, 0, await reader.ReadBlockAsync(text, cancellationToken)).Trim();
    }
}
