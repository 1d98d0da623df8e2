namespace MsaAspire.Gateway;

/// <summary>Answers 413 to a body over the limit: at once when its length is announced, else when the limit is reached.</summary>
internal static class BodyLimit
{
    public static void UseBodyLimit(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Request.ContentLength > ServiceDefaults.ServiceDefaultsExtensions.MaxRequestBodySize)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            // The body is not read, so the connection cannot be reused; the client must be told.
            context.Response.Headers.Connection = "close";
            return;
        }

        await next(context);
        if (!context.Response.HasStarted && context.GetForwarderErrorFeature()?.Exception is BadHttpRequestException bad)
            context.Response.StatusCode = bad.StatusCode;
    });
}
