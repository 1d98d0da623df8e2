using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Healthy when a GET request is answered with the expected status.</summary>
internal sealed class HttpStatusHealthCheck(IHttpClientFactory clients, Func<CancellationToken, ValueTask<Uri>> address, int statusCode) : IHealthCheck
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>Registers the check under <paramref name="key"/> and associates it with the resource.</summary>
    public static void Add<T>(IResourceBuilder<T> builder, string key, Func<CancellationToken, ValueTask<Uri>> address, int statusCode) where T : IResource
    {
        builder.WithHealthCheck(key);
        builder.ApplicationBuilder.Services.AddHttpClient();
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, services => new HttpStatusHealthCheck(services.GetRequiredService<IHttpClientFactory>(), address, statusCode), failureStatus: null, tags: null));
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_timeout);
        Uri? uri = null;
        try
        {
            uri = await address(timeout.Token);
            using var client = clients.CreateClient(context.Registration.Name);
            using var response = await client.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, timeout.Token);
            var answer = (int)response.StatusCode;
            return answer == statusCode
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"{uri} answered {answer} and not {statusCode}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"{uri} did not answer within {s_timeout.TotalSeconds} s.");
        }
        catch (Exception ex) when (ex is HttpRequestException or DistributedApplicationException or InvalidOperationException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, ex.Message, ex);
        }
    }
}
