namespace Aspire.Hosting.Orchestration;

internal static class CommandArguments
{
    /// <summary>The inputs that a command declares, in their order, with the values that they are given.</summary>
    public static InteractionInputCollection WithValues(this IEnumerable<InteractionInput> declared, Func<InteractionInput, int, string?> value) =>
        new([.. declared.Select((input, i) => new InteractionInput
        {
            Name = input.Name,
            InputType = input.InputType,
            Label = input.Label,
            Required = input.Required,
            Options = input.Options,
            MaxLength = input.MaxLength,
            Value = value(input, i),
        })]);
}
