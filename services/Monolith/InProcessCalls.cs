using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace MsaAspire.Monolith;

/// <summary>
/// Modules call each other with the same HTTP clients as services do, but here a request to a module goes directly into the pipeline that answers it:
/// without a socket or the gateway. All other requests leave the process.
/// </summary>
internal sealed class InProcessCalls(IServiceProvider services, Pipeline pipeline, IReadOnlySet<string> modules) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!modules.Contains(request.RequestUri!.Host))
            return await base.SendAsync(request, cancellationToken);
        await using var scope = services.CreateAsyncScope();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Request.Method = request.Method.Method;
        context.Request.Path = PathString.FromUriComponent(request.RequestUri);
        context.Request.QueryString = QueryString.FromUriComponent(request.RequestUri);
        context.Response.Body = body;
        foreach (var (name, values) in request.Headers)
            context.Request.Headers[name] = values.ToArray();
        if (request.Content is not null)
            throw new NotSupportedException("Modules may only read from each other by HTTP; changes are events.");

        await pipeline.AnswerAsync(context);
        await context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
        var response = new HttpResponseMessage((HttpStatusCode)context.Response.StatusCode) { RequestMessage = request, Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, values) in context.Response.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                response.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return response;
    }
}

/// <summary>The server's request pipeline, from its first middleware on.</summary>
internal sealed class Pipeline : IStartupFilter
{
    private RequestDelegate? _first;

    public Task AnswerAsync(HttpContext context) =>
        _first?.Invoke(context) ?? throw new InvalidOperationException("Modules cannot call each other before the host has started.");

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(first => _first = first);
        next(app);
    };
}

internal static class InProcessCallsExtensions
{
    /// <summary>Makes the HTTP clients call these modules within the process.</summary>
    public static void AddInProcessCalls(this WebApplicationBuilder builder, params IEnumerable<string> modules)
    {
        var names = modules.ToHashSet(StringComparer.OrdinalIgnoreCase);
        builder.Services.AddSingleton<Pipeline>();
        builder.Services.AddSingleton<IStartupFilter>(services => services.GetRequiredService<Pipeline>());
        // Before service discovery, which would turn a module's name into an address.
        builder.Services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(services => new InProcessCalls(services, services.GetRequiredService<Pipeline>(), names)));
    }
}
