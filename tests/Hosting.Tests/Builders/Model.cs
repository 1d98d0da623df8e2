using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Builders;

/// <summary>Makes application models and reads what their resources would get.</summary>
internal static class Model
{
    public static IDistributedApplicationBuilder Run(params string[] args) => Create(args);

    public static IDistributedApplicationBuilder Publish() => Create("--operation", "publish", "--step", "publish-manifest", "--output-path", "unused.json");

    /// <summary>The variables as text: in a run the values, in the manifest the expressions.</summary>
    public static async Task<Dictionary<string, string?>> EnvironmentOf(IResourceBuilder<IResource> builder)
    {
        var context = new EnvironmentCallbackContext(builder.ApplicationBuilder.ExecutionContext, builder.Resource);
        foreach (var annotation in builder.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(context);
        }

        var texts = new Dictionary<string, string?>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            texts[name] = await TextAsync(value, context.ExecutionContext.IsPublishMode);
        }

        return texts;
    }

    public static async Task<List<string?>> ArgumentsOf(IResourceBuilder<IResource> builder)
    {
        var arguments = new List<object>();
        foreach (var annotation in builder.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(new CommandLineArgsCallbackContext(arguments, builder.Resource));
        }

        return [.. await Task.WhenAll(arguments.Select(a => TextAsync(a, publish: false).AsTask()))];
    }

    /// <summary>Gives every endpoint an address, as the orchestrator does: the ports asked for, or else some from 40000 on.</summary>
    public static void Allocate(IResourceBuilder<IResource> builder)
    {
        var next = 40000;
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", endpoint.Port ?? next++, $"{endpoint.TargetPort ?? next++}");
        }
    }

    public static List<string> EndpointsOf(IResourceBuilder<IResource> builder) =>
        [.. builder.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => $"{e.Name} {e.UriScheme} {e.Port} {e.TargetPort}".TrimEnd())];

    private static IDistributedApplicationBuilder Create(params string[] args) =>
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = true });

    private static async ValueTask<string?> TextAsync(object value, bool publish) => value switch
    {
        IManifestExpressionProvider expression when publish => expression.ValueExpression,
        IValueProvider provider => await provider.GetValueAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5)),
        _ => value.ToString(),
    };
}
