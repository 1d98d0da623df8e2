namespace Browser.Tests;

/// <summary>Scripts that ask a page where the keyboard's focus goes.</summary>
internal static class Keyboard
{
    /// <summary>Numbers what can have the focus as it stands in the document, and returns how many there are. A group of radio buttons is one stop.</summary>
    public const string Number = """
        () => {
          const stops = [...document.querySelectorAll('a[href], button, input')]
            .filter(e => e.checkVisibility() && (e.type !== 'radio' || e.checked));
          stops.forEach((e, i) => e.dataset.stop = i);
          return stops.length;
        }
        """;

    /// <summary>The number of what has the focus, -1 when that has none.</summary>
    public const string Focused = "() => Number(document.activeElement.dataset.stop ?? -1)";

    /// <summary>Whether an outline of two pixels or more is around it, or around the card it stands in.</summary>
    public const string IsShown = """
        () => [document.activeElement, document.activeElement.closest('.card')].some(e =>
          e && getComputedStyle(e).outlineStyle !== 'none' && parseFloat(getComputedStyle(e).outlineWidth) >= 2)
        """;
}
