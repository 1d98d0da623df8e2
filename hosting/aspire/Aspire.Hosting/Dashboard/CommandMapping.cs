using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Aspire.Hosting.Orchestration;
using Google.Protobuf.WellKnownTypes;

namespace Aspire.Hosting.Dashboard;

/// <summary>Commands of a resource and what became of them, in the words of the dashboard.</summary>
internal static class CommandMapping
{
    public static ResourceCommand ToCommand(ResourceCommandSnapshot command) => new()
    {
        Name = command.Name,
        DisplayName = command.DisplayName,
        DisplayDescription = command.DisplayDescription ?? "",
        ConfirmationMessage = command.ConfirmationMessage ?? "",
        IconName = command.IconName ?? "",
        IconVariant = ToIconVariant(command.IconVariant),
        IsHighlighted = command.IsHighlighted,
        State = command.State switch
        {
            ApplicationModel.ResourceCommandState.Enabled => Proto.ResourceCommandState.Enabled,
            ApplicationModel.ResourceCommandState.Disabled => Proto.ResourceCommandState.Disabled,
            _ => Proto.ResourceCommandState.Hidden,
        },
        ArgumentInputs = { command.Arguments.Select(ToInput) },
    };

    public static Proto.IconVariant ToIconVariant(ApplicationModel.IconVariant? variant) =>
        variant is ApplicationModel.IconVariant.Filled ? Proto.IconVariant.Filled : Proto.IconVariant.Regular;

    public static ResourceCommandResponse ToResponse(ExecuteCommandResult result)
    {
        var response = new ResourceCommandResponse
        {
            Kind = result switch
            {
                { Success: true } => ResourceCommandResponseKind.Succeeded,
                { Canceled: true } => ResourceCommandResponseKind.Cancelled,
                _ => ResourceCommandResponseKind.Failed,
            },
            Message = result.Message ?? "",
        };
        if (result.Data is { } data)
        {
            response.Result = new()
            {
                Value = data.Value,
                DisplayImmediately = data.DisplayImmediately,
                Format = data.Format switch
                {
                    ApplicationModel.CommandResultFormat.Json => Proto.CommandResultFormat.Json,
                    ApplicationModel.CommandResultFormat.Markdown => Proto.CommandResultFormat.Markdown,
                    _ => Proto.CommandResultFormat.Text,
                },
            };
        }

        return response;
    }

    private static Proto.InteractionInput ToInput(InteractionInput input) => new()
    {
        Name = input.Name,
        InputType = input.InputType switch
        {
            InputType.SecretText => Proto.InputType.SecretText,
            InputType.Choice => Proto.InputType.Choice,
            InputType.Boolean => Proto.InputType.Boolean,
            InputType.Number => Proto.InputType.Number,
            _ => Proto.InputType.Text,
        },
        Label = input.Label ?? input.Name,
        Description = input.Description ?? "",
        EnableDescriptionMarkdown = input.EnableDescriptionMarkdown,
        Required = input.Required,
        Placeholder = input.Placeholder ?? "",
        Value = input.Value ?? "",
        MaxLength = input.MaxLength ?? 0,
        Options = { (input.Options ?? []).ToDictionary() },
    };

    /// <summary>The inputs that a command declares, with the values that were given for them.</summary>
    public static InteractionInputCollection ToArguments(IEnumerable<InteractionInput> declared, IDictionary<string, Value> given) =>
        declared.WithValues((input, _) => given.TryGetValue(input.Name, out var value) ? ToText(value) : input.Value);

    private static string? ToText(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.NumberValue => value.NumberValue.ToString("R", CultureInfo.InvariantCulture),
        Value.KindOneofCase.BoolValue => value.BoolValue ? "true" : "false",
        _ => null,
    };
}
