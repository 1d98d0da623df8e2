namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value from outside the code: configuration, a default, or a question to the user.</summary>
public class ParameterResource : Resource, IExpressionValue
{
    private readonly Lazy<string> _value;

    /// <param name="name">Name of the resource; its value comes from <c>Parameters:name</c>.</param>
    /// <param name="callback">Gives the value; called at most once. Gets <see cref="Default"/>.</param>
    /// <param name="secret">Whether the value must not be shown.</param>
    public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : base(name)
    {
        ArgumentNullException.ThrowIfNull(callback);
        _value = new(() => callback(Default));
        Secret = secret;
    }

    public bool Secret { get; }

    public bool IsConnectionString { get; set; }

    public ParameterDefault? Default { get; set; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>Set while the value is asked from the user or read at start; readers wait for it.</summary>
    internal TaskCompletionSource<string>? PendingValue { get; set; }

    /// <exception cref="MissingParameterValueException">Nobody gave a value.</exception>
    internal string ValueInternal => _value.Value;

    /// <summary>Where the value is looked for.</summary>
    internal string ConfigurationKey => IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => PendingValue is { } pending
        ? new ValueTask<string?>(pending.Task.WaitAsync(cancellationToken)!)
        : new ValueTask<string?>(ValueInternal);

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
}
