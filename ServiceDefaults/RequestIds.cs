using System.Buffers;
using System.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// One id for a request in all services that work on it: the header <c>X-Request-Id</c>, which becomes the request's
/// <see cref="HttpContext.TraceIdentifier"/> and is part of the scope of its logs.
/// </summary>
public static class RequestIds
{
    /// <summary>The header's name.</summary>
    public const string Header = "X-Request-Id";

    private const int Longest = 64;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    internal static void UseRequestIds(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RequestIds));
        app.Use(async (context, next) =>
        {
            var id = Given(context.Request) ?? Guid.CreateVersion7().ToString("N");
            context.TraceIdentifier = id;
            // A proxy forwards the header with the request.
            context.Request.Headers[Header] = id;
            using (logger.BeginScope(new Scope(id)))
            {
                await next(context);
            }
        });
    }

    /// <summary>What a client may choose: 1 to 64 letters, digits, dots, dashes and underscores. Anything else could be a log injection.</summary>
    private static string? Given(HttpRequest request) =>
        request.Headers[Header] is [{ Length: > 0 and <= Longest } id] && !id.AsSpan().ContainsAnyExcept(Allowed) ? id : null;

    private sealed class Scope(string id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] =>
            index == 0 ? new(Header, id) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        public override string ToString() => $"{Header}:{id}";

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
