using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string CommandPurpose = "an HTTP command";

    /// <summary>Adds a command that users run from the dashboard. It runs in the AppHost; a command of the same name is replaced.</summary>
    public static IResourceBuilder<T> WithCommand<T>(
        this IResourceBuilder<T> builder, string name, string displayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand,
        CommandOptions? commandOptions = null)
        where T : IResource
    {
        foreach (var old in builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().Where(command => command.Name == name).ToList())
        {
            builder.Resource.Annotations.Remove(old);
        }

        var options = commandOptions ?? new CommandOptions();
        return builder.WithAnnotation(new ResourceCommandAnnotation(
            name, displayName, options.UpdateState ?? (_ => ResourceCommandState.Enabled), executeCommand, options.Description, options.Arguments,
            options.ConfirmationMessage, options.IconName, options.IconVariant, options.IsHighlighted, options.Visibility));
    }

    /// <summary>Adds a command that sends a request to the resource; POST unless the options say otherwise.</summary>
    /// <param name="builder">The resource that shows the command.</param>
    /// <param name="path">Path of the request, with a query if need be.</param>
    /// <param name="displayName">What the dashboard calls it.</param>
    /// <param name="endpointName">The endpoint to ask; <c>https</c> when null, else <c>http</c>.</param>
    /// <param name="commandName">Name of the command; made of endpoint, method and path when null.</param>
    /// <param name="commandOptions">How it looks, and how request and answer are handled.</param>
    /// <exception cref="DistributedApplicationException">The resource has no such HTTP endpoint so far.</exception>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, [EndpointName] string? endpointName = null, string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints => builder.WithHttpCommand(
            path, displayName, SelectorOf(builder, endpointName, commandOptions), commandName, commandOptions);

    /// <param name="builder">The resource that shows the command.</param>
    /// <param name="path">Path of the request, with a query if need be.</param>
    /// <param name="displayName">What the dashboard calls it.</param>
    /// <param name="endpointSelector">Chooses the endpoint to ask, which may be another resource's.</param>
    /// <param name="commandName">Name of the command; made of endpoint, method and path when null.</param>
    /// <param name="commandOptions">How it looks, and how request and answer are handled.</param>
    /// <inheritdoc cref="WithHttpCommand{TResource}(IResourceBuilder{TResource}, string, string, string?, string?, HttpCommandOptions?)"/>
    public static IResourceBuilder<TResource> WithHttpCommand<TResource>(
        this IResourceBuilder<TResource> builder, string path, string displayName, Func<EndpointReference>? endpointSelector, string? commandName = null,
        HttpCommandOptions? commandOptions = null)
        where TResource : IResourceWithEndpoints
    {
        var selector = endpointSelector ?? SelectorOf(builder, endpointName: null, commandOptions);
        var endpoint = HttpEndpointSelector.RequireHttp(selector(), builder.Resource, CommandPurpose);
        var options = commandOptions ?? new HttpCommandOptions();
        var method = options.Method ?? HttpMethod.Post;
        options.UpdateState ??= context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
            ? ResourceCommandState.Enabled
            : ResourceCommandState.Disabled;
        builder.ApplicationBuilder.Services.AddHttpClient();
        return builder.WithCommand(
            commandName ?? $"{endpoint.Resource.Name}-{endpoint.EndpointName}-http-{method.Method.ToLowerInvariant()}-{path}",
            displayName, context => SendAsync(context, endpoint, path, method, options), options);
    }

    private static Func<EndpointReference> SelectorOf<T>(IResourceBuilder<T> builder, string? endpointName, HttpCommandOptions? options)
        where T : IResourceWithEndpoints => endpointName is null && options?.EndpointSelector is { } chosen
            ? chosen
            : () => HttpEndpointSelector.Select(builder.Resource, endpointName, CommandPurpose);

    private static async Task<ExecuteCommandResult> SendAsync(
        ExecuteCommandContext context, EndpointReference endpoint, string path, HttpMethod method, HttpCommandOptions options)
    {
        if (!endpoint.IsAllocated)
        {
            return CommandResults.Failure($"The endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}' has no address yet. Try again when it runs.");
        }

        var name = options.HttpClientName ?? Options.DefaultName;
        using var client = context.ServiceProvider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        using var request = new HttpRequestMessage(method, new Uri(new Uri(endpoint.Url), path));
        try
        {
            if (options.PrepareRequest is { } prepare)
            {
                await prepare(new HttpCommandRequestContext
                {
                    ServiceProvider = context.ServiceProvider,
                    ResourceName = context.ResourceName,
                    Endpoint = endpoint,
                    HttpClient = client,
                    Request = request,
                    CancellationToken = context.CancellationToken,
                });
            }

            using var response = await client.SendAsync(request, context.CancellationToken);
            return options.GetCommandResult is { } getResult
                ? await getResult(new HttpCommandResultContext
                {
                    ServiceProvider = context.ServiceProvider,
                    ResourceName = context.ResourceName,
                    Endpoint = endpoint,
                    HttpClient = client,
                    Response = response,
                    CancellationToken = context.CancellationToken,
                })
                : response.IsSuccessStatusCode
                    ? CommandResults.Success()
                    : CommandResults.Failure($"{method} {request.RequestUri} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception ex)
        {
            return CommandResults.Failure(ex);
        }
    }
}
