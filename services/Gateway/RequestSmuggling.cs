using Microsoft.AspNetCore.Http.Features;

namespace MsaAspire.Gateway;

/// <summary>
/// Rejects requests that two servers could parse differently (request smuggling), so that a service always sees the request that was checked
/// here. No browser and no HTTP library sends such requests by itself.
/// </summary>
internal static class RequestSmuggling
{
    /// <summary>In a path: what some servers treat as a separator, a parent folder, an end of text, or decode again.</summary>
    private static readonly string[] Ambiguous = ["%2e", "%2f", "%5c", "%25", "%00", "\\", "/..", "/./", "//"];

    public static void UseMalformedRefused(this WebApplication app) => app.Use((context, next) =>
    {
        var status = Judge(context);
        if (status == StatusCodes.Status200OK)
            return next(context);
        context.Response.StatusCode = status;
        // What follows on this connection may be the rest of the request.
        context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    });

    private static int Judge(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsTrace(request.Method) || HttpMethods.IsConnect(request.Method))
            return StatusCodes.Status405MethodNotAllowed;
        // Kestrel reads the chunks and moves the length to this header: RFC 9112, section 6.1 allows a server to reject the combination.
        if (request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey("X-Content-Length"))
            return StatusCodes.Status400BadRequest;
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget.AsSpan();
        var path = target[..(target.IndexOf('?') is >= 0 and var query ? query : target.Length)];
        return path.StartsWith('/') && !IsAmbiguous(path) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
    }

    private static bool IsAmbiguous(ReadOnlySpan<char> path)
    {
        foreach (var part in Ambiguous)
        {
            if (path.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
