using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace MsaAspire.Monolith;

/// <summary>
/// Modules call each other with the same HTTP clients as services do, but here a request goes directly into the pipeline that answers it:
/// without a socket or the gateway.
/// </summary>
internal sealed class InProcessCalls(IServiceProvider services, Pipeline pipeline) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        context.Request.Method = request.Method.Method;
        context.Request.Path = PathString.FromUriComponent(request.RequestUri!);
        context.Request.QueryString = QueryString.FromUriComponent(request.RequestUri!);
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
    /// <summary>Makes all HTTP clients call into this process.</summary>
    public static void AddInProcessCalls(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Pipeline>();
        builder.Services.AddSingleton<IStartupFilter>(services => services.GetRequiredService<Pipeline>());
        builder.Services.AddTransient<InProcessCalls>();
        builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler<InProcessCalls>());
    }
}
