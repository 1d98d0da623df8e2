using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

public static partial class ResourceExtensions
{
    /// <summary>Runs the resource's environment callbacks and resolves what they set.</summary>
    public static async ValueTask<Dictionary<string, string>> GetEnvironmentVariableValuesAsync(
        this IResourceWithEnvironment resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var values = new Dictionary<string, string>();
        await resource.ProcessEnvironmentVariableValuesAsync(
            new DistributedApplicationExecutionContext(applicationOperation),
            (key, _, value, error) => Keep(error, value, v => values[key] = v),
            NullLogger.Instance).ConfigureAwait(false);
        return values;
    }

    /// <summary>Runs the resource's argument callbacks and resolves what they added.</summary>
    public static async ValueTask<string[]> GetArgumentValuesAsync(
        this IResourceWithArgs resource, DistributedApplicationOperation applicationOperation = DistributedApplicationOperation.Run)
    {
        var values = new List<string>();
        await resource.ProcessArgumentValuesAsync(
            new DistributedApplicationExecutionContext(applicationOperation), (_, value, error, _) => Keep(error, value, values.Add), NullLogger.Instance).ConfigureAwait(false);
        return [.. values];
    }

    /// <param name="resource">Whose variables.</param>
    /// <param name="executionContext">Whether values are resolved (run) or written as placeholders (publish).</param>
    /// <param name="processValue">Gets name, value as set, value as text, and what went wrong with it.</param>
    /// <param name="logger">For the callbacks.</param>
    /// <param name="cancellationToken">Ends waiting for values.</param>
    public static async ValueTask ProcessEnvironmentVariableValuesAsync(
        this IResource resource, DistributedApplicationExecutionContext executionContext, Action<string, object?, string?, Exception?> processValue,
        ILogger logger, CancellationToken cancellationToken = default)
    {
        if (!resource.TryGetEnvironmentVariables(out var callbacks))
        {
            return;
        }

        var context = new EnvironmentCallbackContext(executionContext, resource, cancellationToken: cancellationToken) { Logger = logger };
        foreach (var callback in callbacks)
        {
            await callback.Callback(context).ConfigureAwait(false);
        }

        foreach (var (key, value) in context.EnvironmentVariables)
        {
            var (text, error) = await TryResolveAsync(resource, executionContext, value, cancellationToken).ConfigureAwait(false);
            processValue(key, value, text, error);
        }
    }

    /// <param name="resource">Whose arguments.</param>
    /// <param name="executionContext">Whether values are resolved (run) or written as placeholders (publish).</param>
    /// <param name="processValue">Gets value as set, value as text, what went wrong with it, and whether it is secret.</param>
    /// <param name="logger">For the callbacks.</param>
    /// <param name="cancellationToken">Ends waiting for values.</param>
    public static async ValueTask ProcessArgumentValuesAsync(
        this IResource resource, DistributedApplicationExecutionContext executionContext, Action<object?, string?, Exception?, bool> processValue,
        ILogger logger, CancellationToken cancellationToken = default)
    {
        if (!resource.TryGetAnnotationsOfType<CommandLineArgsCallbackAnnotation>(out var callbacks))
        {
            return;
        }

        var context = new CommandLineArgsCallbackContext([], resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        foreach (var callback in callbacks)
        {
            await callback.Callback(context).ConfigureAwait(false);
        }

        foreach (var value in context.Args)
        {
            var (text, error) = await TryResolveAsync(resource, executionContext, value, cancellationToken).ConfigureAwait(false);
            processValue(value, text, error, value is ParameterResource { Secret: true } or IResourceBuilder<ParameterResource> { Resource.Secret: true });
        }
    }

    private static async Task<(string? Text, Exception? Error)> TryResolveAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, object? value, CancellationToken cancellationToken)
    {
        try
        {
            return (await ResolveAsync(resource, executionContext, value, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            return (null, ex);
        }
    }

    private static async ValueTask<string?> ResolveAsync(
        IResource resource, DistributedApplicationExecutionContext executionContext, object? value, CancellationToken cancellationToken) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IResourceBuilder<IResource> builder => await ResolveAsync(resource, executionContext, builder.Resource, cancellationToken).ConfigureAwait(false),
        IManifestExpressionProvider expression when executionContext.IsPublishMode => expression.ValueExpression,
        IValueProvider provider => await provider
            .GetValueAsync(new ValueProviderContext { ExecutionContext = executionContext, Caller = resource }, cancellationToken).ConfigureAwait(false),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static void Keep(Exception? error, string? value, Action<string> add)
    {
        if (error is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }

        if (value is not null)
        {
            add(value);
        }
    }
}
