namespace MsaAspire.Gateway;

/// <summary>What the gateway's own errors tell the client to do next.</summary>
internal static class ErrorDetails
{
    public static void AddAdvice(this WebApplicationBuilder builder) => builder.Services.PostConfigure<ProblemDetailsOptions>(options =>
    {
        var customize = options.CustomizeProblemDetails;
        options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Detail ??= Of(context.HttpContext, context.ProblemDetails.Status);
            customize?.Invoke(context);
            if (context.ProblemDetails.Status is 502 or 503 or 504 && context.HttpContext.Response.Headers.RetryAfter.Count == 0)
                context.HttpContext.Response.Headers.RetryAfter = "2";
        };
    });

    private static string? Of(HttpContext context, int? status) => status switch
    {
        400 => "The request line or a header is ambiguous. Send a plain path without encoded slashes or dots, and the length of the body once.",
        404 => "There is no resource at this address. The API is described at /docs.",
        405 => "This address does not support the method. The API is described at /docs.",
        413 => $"A body may have {ServiceDefaults.ServiceDefaultsExtensions.MaxRequestBodySize} bytes at most. Send a smaller one.",
        429 => $"You sent too many requests. Wait {context.Response.Headers.RetryAfter} s (Retry-After), then continue at a lower rate.",
        502 => $"{Service(context)} broke the connection or gave no valid response, and may have processed the request. {SendAgain(context)}",
        503 when context.WasShed() => $"{Service(context)} has too many requests to answer in time. This one was not sent to it, so nothing was done. {SendAgain(context)}",
        503 when context.HasNothingSent() => $"{Service(context)} has no replica that can be reached. The request was not sent to it, so nothing was done. {SendAgain(context)}",
        503 => $"{Service(context)} cannot process the request now. {SendAgain(context)}",
        504 => $"{Service(context)} did not answer in time and may have processed the request, or still process it. {SendAgain(context)}",
        _ => null,
    };

    private static string Service(HttpContext context) =>
        $"The service {context.Features.Get<Yarp.ReverseProxy.Model.IReverseProxyFeature>()?.Cluster.Config.ClusterId ?? "behind this address"}";

    private static string SendAgain(HttpContext context) => HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
        ? "Send the same request again in a few seconds."
        : "Send the same request with the same Idempotency-Key again in a few seconds; it is done once.";
}
