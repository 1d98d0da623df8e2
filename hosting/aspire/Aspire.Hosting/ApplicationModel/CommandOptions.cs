namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a command looks and when it can be run.</summary>
public class CommandOptions
{
    public string? Description { get; set; }

    public IReadOnlyList<InteractionInput> Arguments { get; set; } = [];

    public string? ConfirmationMessage { get; set; }

    public string? IconName { get; set; }

    public IconVariant? IconVariant { get; set; }

    public bool IsHighlighted { get; set; }

    public ResourceCommandVisibility Visibility { get; set; } = ResourceCommandVisibility.UI | ResourceCommandVisibility.Api;

    /// <summary>Tells whether the command can be run now; always when null.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>What the state of a command is decided on.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    public required IServiceProvider ServiceProvider { get; init; }
}
