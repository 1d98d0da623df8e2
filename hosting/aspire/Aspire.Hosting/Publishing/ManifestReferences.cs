using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Publishing;

/// <summary>What the values of a manifest refer to: resources, and parameters that are needed in an encoded form.</summary>
internal sealed class ManifestReferences
{
    private readonly Dictionary<string, IResource> _resources = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<object> _visiting = new(ReferenceEqualityComparer.Instance);
    private readonly List<EncodedParameter> _encoded = [];

    /// <summary>Reserves the names that the model uses.</summary>
    public void Reserve(IEnumerable<string> names) => _names.UnionWith(names);

    /// <summary>The resources referred to, in the order of their first mention.</summary>
    public IReadOnlyList<IResource> Resources => [.. _resources.Values];

    public void Add(object? value)
    {
        switch (value)
        {
            case IResource resource:
                if (_resources.TryAdd(resource.Name, resource))
                    _names.Add(resource.Name);
                return;
            case EndpointReference endpoint:
                ThrowIfMissing(endpoint);
                break;
            case ReferenceExpression expression:
                for (var i = 0; i < expression.ValueProviders.Count; i++)
                    _ = TryEncode(expression, i, out _);
                break;
        }

        if (value is not IValueWithReferences holder || !_visiting.Add(value))
            return;
        foreach (var reference in holder.References)
            Add(reference);
        _visiting.Remove(value);
    }

    /// <summary>An expression's text; encoded parameters are referred to by resources of their own.</summary>
    public string ExpressionOf(ReferenceExpression expression)
    {
        var arguments = new object[expression.ValueProviders.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = TryEncode(expression, i, out var encoded) ? $"{{{encoded.Name}.value}}"
                : expression.ValueProviders[i] is ReferenceExpression inner ? ExpressionOf(inner)
                : expression.ManifestExpressions[i];
        }

        return string.Format(CultureInfo.InvariantCulture, expression.Format, arguments);
    }

    /// <summary>Takes the encoded forms of one parameter, or all that are left.</summary>
    public IReadOnlyList<EncodedParameter> TakeEncoded(ParameterResource? parameter = null)
    {
        var taken = _encoded.Where(encoded => parameter is null || encoded.Parameter == parameter)
            .GroupBy(encoded => encoded.Parameter).SelectMany(forms => forms).ToList();
        _encoded.RemoveAll(taken.Contains);
        return taken;
    }

    private static void ThrowIfMissing(EndpointReference endpoint)
    {
        // Reading the annotation throws when there is none, and names the ones there are.
        _ = endpoint.EndpointAnnotation;
        if (endpoint.Resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var custom) && custom.Callback is null)
        {
            throw new DistributedApplicationException(
                $"it refers to endpoint '{endpoint.EndpointName}' of resource '{endpoint.Resource.Name}', which is left out of the manifest. "
                + "Include that resource, or refer to it in run mode only.");
        }
    }

    private bool TryEncode(ReferenceExpression expression, int index, [NotNullWhen(true)] out EncodedParameter? encoded)
    {
        encoded = null;
        if (expression.StringFormats[index] is not { Length: > 0 } filter || ParameterOf(expression.ValueProviders[index]) is not { } parameter)
            return false;

        encoded = _encoded.Find(known => known.Parameter == parameter && known.Filter == filter);
        if (encoded is null)
        {
            encoded = new EncodedParameter(UniqueName($"{parameter.Name}-{filter.ToLowerInvariant()}-encoded"), parameter, filter);
            _encoded.Add(encoded);
        }

        return true;
    }

    private static ParameterResource? ParameterOf(object provider) => provider switch
    {
        ParameterResource parameter => parameter,
        ReferenceExpression { Format: "{0}", ValueProviders: [ParameterResource parameter] } => parameter,
        _ => null,
    };

    private string UniqueName(string wanted)
    {
        var name = wanted;
        for (var suffix = 1; !_names.Add(name); suffix++)
            name = $"{wanted}-{suffix}";
        return name;
    }
}

/// <summary>A parameter's value after a filter, such as percent-encoding for a URI.</summary>
internal sealed record EncodedParameter(string Name, ParameterResource Parameter, string Filter);
