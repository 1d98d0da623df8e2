namespace Aspire.Hosting.ApplicationModel;

/// <summary>A command that is an HTTP request to the resource.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>POST when null.</summary>
    public HttpMethod? Method { get; set; }

    /// <summary>Name of the client to use; the default one when null.</summary>
    public string? HttpClientName { get; set; }

    /// <summary>Chooses the endpoint; the first http or https one when null.</summary>
    public Func<EndpointReference>? EndpointSelector { get; set; }

    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }

    /// <summary>Turns the response into a result; a status of 200-299 is a success when null.</summary>
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
}

/// <summary>The request about to be sent.</summary>
public sealed class HttpCommandRequestContext
{
    public required IServiceProvider ServiceProvider { get; init; }
    public required string ResourceName { get; init; }
    public required EndpointReference Endpoint { get; init; }
    public required HttpClient HttpClient { get; init; }
    public required HttpRequestMessage Request { get; init; }
    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>The response received.</summary>
public sealed class HttpCommandResultContext
{
    public required IServiceProvider ServiceProvider { get; init; }
    public required string ResourceName { get; init; }
    public required EndpointReference Endpoint { get; init; }
    public required HttpClient HttpClient { get; init; }
    public required HttpResponseMessage Response { get; init; }
    public required CancellationToken CancellationToken { get; init; }
}
