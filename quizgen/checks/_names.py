"""Tell given names and titles from other capitalised words."""

from __future__ import annotations

from typing import Final

from quizgen.checks import _text

GIVEN: Final = _text.vocabulary(
    """
    Aaron Abigail Abraham Ada Adam Adolf Agatha Agnes Alan Albert Aldous Alessandro Alex Alexander
    Alexei Alfred Alice Amelia Amerigo Amy Andrea Andrew Andy Angela Ann Anna Anne Annie Anthony
    Anton Antonio Antoine Antonín Aretha Aristotle Arnold Arthur Artur Astrid Audrey August Auguste
    Augustin Barack Barbara Bartolomeo Béla Ben Benito Benjamin Bernard Bertrand Betty Bill Billie
    Bob Boris Brigitte Bruce Bruno Calvin Camille Carl Carlos Carol Caroline Catherine Cecil Cesare
    Charles Charlie Charlotte Che Chiang Christiaan Christian Christina Christopher Claude Clara
    Claudio Clement Cole Colin Constantin Crispus Cyrus Daniel Dante David Deng Denis Desmond Diego
    Dmitri Donald Donna Dorothy Douglas Duke Dwight Edgar Edmund Edith Edvard Edward Edwin Egon
    Eleanor Elena Eli Elisabeth Elizabeth Ella Emil Emily Emma Emmanuel Emmy Enrico Eric Erik Ernest
    Ernst Erwin Eugene Eva Fela Felix Ferdinand Fidel Florence Frances Francesco Francis Francisco
    Frank Franklin Franz Fred Frederick Frederic Frédéric Frida Friedrich Fritz Fyodor Gabriel
    Galileo Garry Gautama Genghis Geoffrey Georg George Georges Gerald Gertrude Giacomo Gilbert
    Giordano Giovanni Giuseppe Gottfried Gottlob Grace Graham Gregor Guglielmo Guido Gustav Gustave
    Guy Hannah Hans Harold Harper Harriet Harry Hector Heinrich Helen Henri Henrik Henry Herbert
    Herman Hermann Hernán Hillary Ho Homer Horace Howard Hubert Hugh Ida Igor Ignaz Imre Indira
    Ingmar Ingrid Irène Isaac Isabel Isabella Isadora Isambard Ivan Jack Jackie Jackson Jacob
    Jacques James Jan Jane Janet Janis Jawaharlal Jean Jeff Jennifer Jeremy Jesse Jim Jimi Jimmy
    Joan Joanne Johann Johannes John Jonas Jonathan Jorge José Joseph Josef Josephine Joshua Josip
    Juan Judith Jules Julia Julie Julius Karel Karen Karl Kate Katherine Katharine Kemal Ken Kenneth
    Kurt Kwame Larry Lars Laura Lawrence Lech Lee Lena Leo Leon Leonard Leonardo Leonhard Leopold
    Lev Lewis Lin Linda Linus Lionel Lisa Lise Louis Louisa Louise Lucy Ludwig Luigi Luis Lyndon
    Mahatma Malcolm Mao Marc Marcel Marco Marcus Margaret Maria Marie Mark Marilyn Martin Martha
    Mary Matthew Maurice Max Maximilien Maya Michael Michel Michelangelo Mikhail Miguel Mike Miles
    Milton Miriam Moses Muhammad Mustafa Nadia Nancy Napoleon Natalie Neil Nelson Niccolò Nicholas
    Nicolas Nicolaus Niels Nikita Nikola Nikolai Nina Noam Noah Norman Octavia Oliver Olympe Omar
    Orson Oscar Oskar Otto Pablo Patricia Patrick Paul Paula Percy Peter Philip Pierre Piet Pina
    Pyotr Rachel Ralph Raphael Ray Raymond Rebecca Rembrandt René Richard Rita Rob Robert Roger
    Roland Ronald Rosa Rosalind Rosie Roy Rudolf Rudolph Rudyard Ruth Salvador Salvatore Sally Sam
    Samuel Sandra Sandro Sara Sarah Sergei Sergey Seymour Sidney Sigmund Simón Simon Simone Sofia
    Sofonisba Sojourner Søren Sophie Stanley Stefan Stella Stephen Steve Steven Subrahmanyan Sun
    Susan Susanna Sylvia Ted Teresa Terence Theodor Theodore Thomas Thurgood Tim Timothy Toni Tony
    Tycho Ulrich Ulysses Umberto Ursula Vaclav Václav Vaughan Vera Victor Victoria Vincent Virginia
    Vita Vladimir Voltaire Walt Walter Warren Wassily Werner Wilfred Wilhelm Will Willem William
    Winston Wolfgang Woodrow Yo-Yo Yuri Yuval Zaha Zora
    """
)
"""Given names of people that learners meet."""

FIRST_OF_PLACES: Final = _text.vocabulary(
    """
    Addis Baton Buenos Costa Dar El Fort Hong Kuala Las Los Monte New Notre Palo Phnom Port Porto
    Puerto Rio San Santa Santo Sierra Sri Tel Terra Ulan Vina
    """
)
"""First halves of place names that few second halves fit."""

TITLES: Final = _text.vocabulary(
    """
    king queen prince princess emperor empress tsar czar kaiser sultan shah pharaoh pope saint st
    president premier chancellor senator governor minister secretary general admiral captain colonel
    major lieutenant sergeant marshal commander sir dame lord lady baron baroness count countess
    duke duchess earl dr doctor prof professor judge justice chief father mother brother sister
    bishop archbishop cardinal rabbi imam mr mrs ms miss mount mt lake river cape port fort gulf bay
    strait island isle isles mountain valley planet comet asteroid moon operation project vitamin
    article section chapter act amendment treaty battle siege house apollo phase type class group
    hurricane uncle aunt hms uss ss psalm symphony sonata opus caliph khan mayor
    """
)
"""Words before a name that do not tell which name it is."""
