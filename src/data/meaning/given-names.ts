/** Frequent given names of Europe and the Americas, lower case without accents; none that is as often a word or a place. They tell names of people from those of things. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `
  james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony donald steven paul andrew joshua kenneth
  kevin brian george timothy ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
  gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter
  christian keith roger terry sean gerald carl arthur lawrence dylan jesse bryan joe billy bruce gabriel logan alan juan albert willie elijah wayne
  randy vincent mason roy ralph bobby russell philip eugene liam oliver lucas harry alfie oscar leo hugo simon martin neil graham colin ian stuart
  mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley kimberly emily donna michelle
  carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha
  katherine christine helen debra rachel carolyn janet maria catherine heather diane olivia julie joyce victoria ruth lauren kelly christina joan
  evelyn judith andrea hannah megan cheryl jacqueline martha madeline teresa gloria sara janice ann kathryn abigail sophia frances jean alice judy
  isabella julia denise natalie amber marilyn beverly danielle theresa brittany kristen allison lakisha latoya keisha tanisha darnell jamal emilie
  hans jurgen juergen klaus wolfgang helmut manfred uwe bernd dieter horst gunther gunter heinz werner karl otto ernst fritz kurt gerhard rolf ralf
  stefan andreas matthias markus jens lars nils jonas lukas felix maximilian moritz tobias florian sebastian dirk holger jorg joerg ulrich heike
  petra sabine monika renate ursula ingrid gisela brigitte christa helga erika karin birgit katrin anja silke susanne claudia martina katharina
  greta lena lea johanna charlotte eva carla ines olga ilse hilde frieda
  pierre jacques philippe alain bernard michel andre francois laurent olivier guillaume julien mathieu antoine louis henri etienne gilles yves thierry
  nathalie isabelle sylvie francoise monique celine aurelie camille chloe manon sophie elodie helene genevieve brigitte valerie veronique
  antonio manuel francisco jesus javier carlos miguel rafael pedro angel alejandro fernando sergio pablo jorge alberto luis alvaro diego adrian raul
  enrique ramon vicente ruben eduardo ricardo mario andres roberto oscar ignacio carmen josefa isabel dolores pilar rosario mercedes lucia
  elena cristina raquel marta paula sofia ximena gabriela alejandra beatriz
  giuseppe giovanni luigi vincenzo salvatore domenico franco bruno paolo marco andrea luca matteo lorenzo davide simone alessandro stefano riccardo
  giulia chiara francesca federica silvia valentina giorgia martina elisa rosa giovanna lucia
  joao paulo luiz marcos rodrigo thiago tiago gustavo felipe bruno leandro vitor mateus guilherme ana fernanda juliana patricia aline camila larissa
  mariana ines joana catarina rita
  pieter johannes cornelis hendrik willem gerrit dirk bart sander jeroen thijs daan bram sem ruben wouter joost maarten johanna cornelia hendrika
  wilhelmina annelies femke sanne lotte anouk marieke
  jan piotr krzysztof andrzej tomasz pawel michal marcin jakub grzegorz agnieszka malgorzata katarzyna magdalena joanna ewa
  lars erik anders mikael henrik bjorn sven nils magnus karin astrid ingrid freja sigrid jorgen soren
  ivan sergei dmitri alexei mikhail vladimir nikolai andrei pavel igor svetlana natalia tatiana irina ekaterina olena oksana
  mehmet mustafa ahmet ali huseyin fatma ayse emine mohamed mohammed muhammad ahmed omar hassan ibrahim youssef aisha fatima
  wei ming hiroshi takashi kenji yuki
  zoe mia lina clara nina vera edith ethel florence gertrude mabel minnie elsie alfred herbert fred ernest percy sidney edwin
`
    .trim()
    .split(/\s+/),
);
