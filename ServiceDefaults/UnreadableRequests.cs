using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// Answers 4xx when the framework cannot read a request's body and reports it as something else than a <see cref="BadHttpRequestException"/>:
/// an unknown charset or content type, a form that ends too early or exceeds a limit.
/// </summary>
internal sealed class UnreadableRequests(IProblemDetailsService problems) : IExceptionHandler
{
    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (StatusOf(exception) is not { } status)
            return ValueTask.FromResult(false);
        httpContext.Response.StatusCode = status;
        var reason = status == StatusCodes.Status415UnsupportedMediaType
            ? "The body cannot be read as its Content-Type says. Send JSON in UTF-8, or what this address is described to accept."
            : exception.Message;
        return problems.TryWriteAsync(new() { HttpContext = httpContext, Exception = new BadHttpRequestException(reason, status, exception) });
    }

    private static int? StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException => null,
        InvalidDataException or IOException or JsonException when IsFromReading(exception, out _) => StatusCodes.Status400BadRequest,
        // Inside the serializer these say that the service's own types are wrong.
        InvalidOperationException or NotSupportedException when IsFromReading(exception, out var serializing) && !serializing =>
            StatusCodes.Status415UnsupportedMediaType,
        _ => null,
    };

    /// <summary>Services throw the same types for their own faults, so only the stack tells whether the body was being read.</summary>
    private static bool IsFromReading(Exception exception, out bool serializing)
    {
        serializing = false;
        foreach (var frame in new StackTrace(exception).GetFrames())
        {
            var type = frame.GetMethod()?.DeclaringType;
            serializing |= type?.Assembly == typeof(JsonSerializer).Assembly;
            // The method of an asynchronous one is in a nested type.
            if ((type?.DeclaringType ?? type) is { } reader && (reader == typeof(HttpRequestJsonExtensions) || reader == typeof(FormFeature)))
                return true;
        }

        return false;
    }
}
