using MsaAspire.Web.Language;
using Polly;

namespace MsaAspire.Web.Pages;

/// <summary>Common to all pages: headers, and an error page when a service behind them does not answer or an exception occurs.</summary>
internal sealed class PageFilter(ILogger<PageFilter> logger) : IEndpointFilter
{
    private const int RetryAfterSeconds = 5;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.Vary = "Accept-Language";
        http.Response.Headers.ContentLanguage = http.RequestServices.GetRequiredService<Texts>().Tag;
        // Stock and statuses move: going back in the browser must ask again.
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && e is HttpRequestException or ExecutionRejectedException or OperationCanceledException)
        {
            logger.LogWarning("{Path} is answered with 503: {Reason}", http.Request.Path, e.Message);
            http.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Notice.Unreachable(http.RequestServices.GetRequiredService<Texts>());
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            logger.LogError(e, "{Path} is answered with 500", http.Request.Path);
            return Notice.Failed(http.RequestServices.GetRequiredService<Texts>());
        }
    }
}
