using System.Diagnostics;
using Spectre.Console;

namespace MsaAspire.Aspirate;

/// <summary>Output and prompts. Results go to standard output, progress and prompts to standard error.</summary>
/// <param name="nonInteractive">Never prompts.</param>
internal sealed class Terminal(bool nonInteractive)
{
    private readonly IAnsiConsole _console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
    private readonly bool _interactive = !nonInteractive && !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Asks for a value.</summary>
    /// <param name="question">Without a question mark.</param>
    /// <param name="option">How to give it without being asked.</param>
    /// <exception cref="AspirateException">Nobody can answer.</exception>
    public string Ask(string question, string option, bool secret = false) => _interactive
        ? _console.Prompt(secret ? new TextPrompt<string>(Markup.Escape(question)).Secret() : new TextPrompt<string>(Markup.Escape(question)))
        : throw new AspirateException(
            $"A value is missing: {question}. Give it with {option}, or leave out --non-interactive in a terminal to be asked.");

    /// <summary>Asks for a value that need not be given.</summary>
    public string? AskOptional(string question, string? current) => _interactive
        ? _console.Prompt(new TextPrompt<string>(Markup.Escape(question)) { AllowEmpty = true }.DefaultValue(current ?? ""))
            is { Length: > 0 } answer
            ? answer
            : null
        : current;

    /// <summary>True when the user agrees, or said beforehand that there is no need to ask.</summary>
    /// <exception cref="AspirateException">Nobody can answer, and nobody said so.</exception>
    public bool Confirm(string question) =>
        nonInteractive || (_interactive
            ? _console.Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false })
            : throw new AspirateException($"Nobody is here to answer: {question} Give --non-interactive to go on without being asked."));

    /// <summary>Does something that takes a while, and says how long it took.</summary>
    public async Task<T> StepAsync<T>(string what, Func<Action<string>, Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        T result;
        if (_interactive)
        {
            result = await _console.Status().StartAsync(
                Markup.Escape(what),
                context => work(state => context.Status($"{Markup.Escape(what)}: {Markup.Escape(state)}")));
        }
        else
        {
            result = await work(state => Console.Error.WriteLine($"  {what}: {state}"));
        }

        Console.Error.WriteLine($"  {what} ({watch.Elapsed.TotalSeconds:0.0} s)");
        return result;
    }

    public static void Warn(string what) => Console.Error.WriteLine($"  note: {what}");

    /// <summary>A line of the result.</summary>
    public static void Say(string what) => Console.Out.WriteLine(what);
}
